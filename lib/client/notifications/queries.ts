import { queryOptions } from "@tanstack/react-query";
import { problemOf } from "@/lib/client/http/problem-error";
import { request, urlPath } from "@/lib/client/http/request";
import type {
  Channel,
  ChannelPage,
  CreateChannelBody,
  Delivery,
  DeliveryPage,
  TestResult,
  UpdateChannelBody,
} from "@/lib/contracts/notifications";

/** Everything about notifications stands under this. */
export const NOTIFICATIONS_KEY = ["notifications"] as const;

const CHANNELS = "/notifications/channels";
const SHOWN = 50;
const REFRESH_MS = 5000;

export const channelsQuery = () =>
  queryOptions({
    queryKey: [...NOTIFICATIONS_KEY, "channels"] as const,
    queryFn: ({ signal }) => request<ChannelPage>(CHANNELS, { query: { limit: 200 }, signal }),
  });

/** The latest; asked again while the page is open, for a delivery is sent without anybody asking. */
export const deliveriesQuery = () =>
  queryOptions({
    queryKey: [...NOTIFICATIONS_KEY, "deliveries"] as const,
    queryFn: ({ signal }) =>
      request<DeliveryPage>("/notifications/deliveries", { query: { limit: SHOWN }, signal }),
    refetchInterval: REFRESH_MS,
  });

export const createChannel = (body: CreateChannelBody): Promise<Channel> =>
  request<Channel>(CHANNELS, { method: "POST", body });

export const updateChannel = (id: string, body: UpdateChannelBody): Promise<Channel> =>
  request<Channel>(CHANNELS + urlPath(id), { method: "PATCH", body });

export const testChannel = (id: string): Promise<TestResult> =>
  request<TestResult>(`${CHANNELS}${urlPath(id)}/test`, { method: "POST" });

export const retryDelivery = (id: string): Promise<Delivery> =>
  request<Delivery>(`/notifications/deliveries${urlPath(id)}/retry`, { method: "POST" });

export const restoreChannel = (id: string): Promise<Channel> =>
  request<Channel>(`${CHANNELS}${urlPath(id)}/restore`, { method: "POST" });

/** Answers without a body, hence not through `request`. @throws ProblemError */
export async function deleteChannel(id: string): Promise<void> {
  const response = await fetch(`/api/v1${CHANNELS}${urlPath(id)}`, { method: "DELETE" });
  if (!response.ok) throw await problemOf(response);
}
