import "server-only";
import { PbfReader } from "pbf";
import { scalarOf, type Tensor } from "@/lib/domain/imports/scalar-tensor";

export interface EventValue {
  tag: string;
  /** null: no scalar of its own kind, as for an image. */
  value: number | null;
  plugin: string | null;
  isTensor: boolean;
}

/** tensorflow/core/util/event.proto, as much of it as scalars need. */
export interface LoggedEvent {
  time: number;
  step: number;
  isStart: boolean;
  values: EventValue[];
}

const SESSION_START = 1;

/** @throws Error for bytes that are no such message */
export function readEvent(bytes: Uint8Array): LoggedEvent {
  const event: LoggedEvent = { time: 0, step: 0, isStart: false, values: [] };
  return new PbfReader(bytes).readFields(eventField, event);
}

function eventField(field: number, event: LoggedEvent, pbf: PbfReader): void {
  if (field === 1) event.time = pbf.readDouble();
  else if (field === 2) event.step = pbf.readVarint(true);
  else if (field === 5) pbf.readMessage(summaryField, event.values);
  else if (field === 7) pbf.readMessage(sessionField, event);
}

function sessionField(field: number, event: LoggedEvent, pbf: PbfReader): void {
  if (field === 1) event.isStart = pbf.readVarint() === SESSION_START;
}

function summaryField(field: number, values: EventValue[], pbf: PbfReader): void {
  if (field !== 1) return;
  const value: EventValue = { tag: "", value: null, plugin: null, isTensor: false };
  values.push(pbf.readMessage(valueField, value));
}

function valueField(field: number, value: EventValue, pbf: PbfReader): void {
  if (field === 1) value.tag = pbf.readString();
  else if (field === 2) value.value = pbf.readFloat();
  else if (field === 9) pbf.readMessage(metadataField, value);
  else if (field === 8) {
    const tensor: Tensor = { dtype: 0, rank: 0, content: null, values: [] };
    value.value = scalarOf(pbf.readMessage(tensorField, tensor));
    value.isTensor = true;
  }
}

function metadataField(field: number, value: EventValue, pbf: PbfReader): void {
  if (field === 1) pbf.readMessage(pluginField, value);
}

function pluginField(field: number, value: EventValue, pbf: PbfReader): void {
  if (field === 1) value.plugin = pbf.readString();
}

function tensorField(field: number, tensor: Tensor, pbf: PbfReader): void {
  const { values } = tensor;
  switch (field) {
    case 1:
      tensor.dtype = pbf.readVarint();
      break;
    case 2:
      pbf.readMessage(shapeField, tensor);
      break;
    case 4:
      tensor.content = pbf.readBytes();
      break;
    case 5:
      pbf.readPackedFloat(values);
      break;
    case 6:
      pbf.readPackedDouble(values);
      break;
    case 7:
    case 10:
      pbf.readPackedVarint(values, true);
      break;
    case 13:
      pbf.readPackedVarint(values);
      break;
  }
}

function shapeField(field: number, tensor: Tensor): void {
  if (field === 2) tensor.rank += 1;
}
