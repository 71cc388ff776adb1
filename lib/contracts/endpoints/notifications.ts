import { PageQuery } from "../common";
import { endpoint } from "../endpoint";
import {
  Channel,
  ChannelPage,
  ChannelParams,
  CreateChannelBody,
  Delivery,
  DeliveryPage,
  DeliveryParams,
  ListDeliveriesQuery,
  TestResult,
  UpdateChannelBody,
} from "../notifications";

const tag = "notifications";

export const listChannels = endpoint({
  method: "GET",
  path: "/notifications/channels",
  tag,
  summary: "Where news of runs is sent, oldest first",
  description: "Secrets are never given back: an address without its path, and whether there is a password.",
  query: PageQuery,
  responses: { 200: ChannelPage },
});

export const createChannel = endpoint({
  method: "POST",
  path: "/notifications/channels",
  tag,
  summary: "Send news to a webhook, a Slack-compatible webhook, or by e-mail",
  body: CreateChannelBody,
  responses: { 201: Channel },
});

export const updateChannel = endpoint({
  method: "PATCH",
  path: "/notifications/channels/{channel_id}",
  tag,
  summary: "Change a channel, or switch it on or off",
  description: "What is absent stays, secrets included. A channel's kind cannot be changed.",
  params: ChannelParams,
  body: UpdateChannelBody,
  responses: { 200: Channel },
});

export const deleteChannel = endpoint({
  method: "DELETE",
  path: "/notifications/channels/{channel_id}",
  tag,
  summary: "Delete a channel and its deliveries",
  description: "It can be brought back for 30 days, its secrets too.",
  params: ChannelParams,
  responses: { 204: null },
});

export const restoreChannel = endpoint({
  method: "POST",
  path: "/notifications/channels/{channel_id}/restore",
  tag,
  summary: "Bring a deleted channel back",
  description: "With its deliveries: what was not sent yet is sent.",
  params: ChannelParams,
  responses: { 200: Channel },
});

export const testChannel = endpoint({
  method: "POST",
  path: "/notifications/channels/{channel_id}/test",
  tag,
  summary: "Send a test message at once, and say what happened",
  params: ChannelParams,
  responses: { 200: TestResult },
});

export const listDeliveries = endpoint({
  method: "GET",
  path: "/notifications/deliveries",
  tag,
  summary: "Messages of all channels or of one, newest first",
  query: ListDeliveriesQuery,
  responses: { 200: DeliveryPage },
});

export const retryDelivery = endpoint({
  method: "POST",
  path: "/notifications/deliveries/{delivery_id}/retry",
  tag,
  summary: "Try a delivery that failed once more",
  params: DeliveryParams,
  responses: { 200: Delivery },
});
