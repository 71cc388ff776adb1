import * as testRoute from "@/app/api/v1/notifications/channels/[channel_id]/test/route";
import * as restoreRoute from "@/app/api/v1/notifications/channels/[channel_id]/restore/route";
import * as channelRoute from "@/app/api/v1/notifications/channels/[channel_id]/route";
import * as channelsRoute from "@/app/api/v1/notifications/channels/route";
import * as retryRoute from "@/app/api/v1/notifications/deliveries/[delivery_id]/retry/route";
import * as deliveriesRoute from "@/app/api/v1/notifications/deliveries/route";
import * as api from "@/lib/contracts/endpoints/notifications";
import { call, type Input, ok } from "./api";
import { mint } from "./seed";

/** The notification endpoints, answered in full. */
export const create = (body: object) =>
  call(channelsRoute.POST, api.createChannel, { body: { name: mint("channel"), ...body } });

export const change = (channel_id: string, body: object) =>
  call(channelRoute.PATCH, api.updateChannel, { params: { channel_id }, body });

export const remove = (channel_id: string) =>
  call(channelRoute.DELETE, api.deleteChannel, { params: { channel_id } });

export const bringBack = (channel_id: string) =>
  call(restoreRoute.POST, api.restoreChannel, { params: { channel_id } });

export const tryOut = (channel_id: string) =>
  call(testRoute.POST, api.testChannel, { params: { channel_id } });

export const channels = (query: Input["query"] = {}) => ok(channelsRoute.GET, api.listChannels, { query });

export const deliveries = (query: Input["query"] = {}) =>
  ok(deliveriesRoute.GET, api.listDeliveries, { query });

export const retry = (delivery_id: string) =>
  call(retryRoute.POST, api.retryDelivery, { params: { delivery_id } });
