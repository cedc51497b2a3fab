/** Element types of ONNX tensors (onnx.proto3, TensorProto.DataType). */
export const elementType = { float: 1, uint8: 2, int64: 7, bool: 9 } as const;
type ElementType = (typeof elementType)[keyof typeof elementType];
type Data = Float32Array | Uint8Array | BigInt64Array;
type Dimensions = readonly (number | string)[];
export type Attribute = number | string | readonly number[] | { float: number } | Graph;

/** Types of attributes (AttributeProto.AttributeType). */
const attributeType = { float: 1, int: 2, string: 3, graph: 5, ints: 7 } as const;
const IR_VERSION = 8;
const OPSET = 17;

/** Numbers of seven bits each, least significant first; the top bit says that more follow. */
function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  for (; rest > 127n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128);
  return Buffer.from([...bytes, Number(rest)]);
}

/** Fields of Protocol Buffers; the low bits of the tag say how the value is stored. */
const int = (field: number, value: number) => Buffer.concat([varint(field << 3), varint(value)]);
const bytes = (field: number, value: Uint8Array) =>
  Buffer.concat([varint((field << 3) | 2), varint(value.length), value]);
const text = (field: number, value: string) => bytes(field, Buffer.from(value));
const message = (field: number, ...parts: Buffer[]) => bytes(field, Buffer.concat(parts));
function float(field: number, value: number): Buffer {
  const data = Buffer.alloc(4);
  data.writeFloatLE(value);
  return Buffer.concat([varint((field << 3) | 5), data]);
}

let names = 0;

/** A graph of ONNX operators that grows by calls; values are known by their names. */
export class Graph {
  readonly #name: string;
  readonly #nodes: Buffer[] = [];
  readonly #constants: Buffer[] = [];
  readonly #inputs: Buffer[] = [];
  readonly #outputs: Buffer[] = [];

  constructor(name: string) {
    this.#name = name;
  }

  input(name: string, type: ElementType, dimensions: Dimensions): string {
    this.#inputs.push(valueInfo(name, type, dimensions));
    return name;
  }

  output(name: string, type: ElementType, dimensions: Dimensions): void {
    this.#outputs.push(valueInfo(name, type, dimensions));
  }

  constant(type: ElementType, dimensions: readonly number[], data: Data): string {
    const name = `c${names++}`;
    const raw = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
    this.#constants.push(
      Buffer.concat([
        ...dimensions.map((size) => int(1, size)),
        int(2, type),
        text(8, name),
        bytes(9, raw),
      ]),
    );
    return name;
  }

  /** A row of whole numbers. */
  integers(...values: number[]): string {
    return this.constant(elementType.int64, [values.length], BigInt64Array.from(values, BigInt));
  }

  integer(value: number): string {
    return this.constant(elementType.int64, [], BigInt64Array.of(BigInt(value)));
  }

  number(value: number): string {
    return this.constant(elementType.float, [], Float32Array.of(value));
  }

  /** Adds an operator with one result, and names that. */
  add(
    operator: string,
    inputs: readonly string[],
    attributes: Record<string, Attribute> = {},
  ): string {
    const name = `v${names++}`;
    this.addAs(operator, inputs, attributes, [name]);
    return name;
  }

  /** The same with several results. */
  addMany(operator: string, inputs: readonly string[], count: number): string[] {
    const outputs = Array.from({ length: count }, () => `v${names++}`);
    this.addAs(operator, inputs, {}, outputs);
    return outputs;
  }

  addAs(
    operator: string,
    inputs: readonly string[],
    attributes: Record<string, Attribute>,
    outputs: readonly string[],
  ): void {
    this.#nodes.push(
      Buffer.concat([
        ...inputs.map((name) => text(1, name)),
        ...outputs.map((name) => text(2, name)),
        text(3, `n${names++}`),
        text(4, operator),
        ...Object.entries(attributes).map(([name, value]) => message(5, attribute(name, value))),
      ]),
    );
  }

  /** GraphProto. */
  encode(): Buffer {
    return Buffer.concat([
      ...this.#nodes.map((node) => bytes(1, node)),
      text(2, this.#name),
      ...this.#constants.map((constant) => bytes(5, constant)),
      ...this.#inputs.map((input) => bytes(11, input)),
      ...this.#outputs.map((output) => bytes(12, output)),
    ]);
  }

  /** ModelProto: a whole .onnx file. */
  model(): Buffer {
    const operators = message(8, text(1, ''), int(2, OPSET));
    return Buffer.concat([int(1, IR_VERSION), message(7, this.encode()), operators]);
  }
}

function attribute(name: string, value: Attribute): Buffer {
  const named = (type: number, ...parts: Buffer[]) =>
    Buffer.concat([text(1, name), ...parts, int(20, type)]);
  if (value instanceof Graph) return named(attributeType.graph, bytes(6, value.encode()));
  if (typeof value === 'string') return named(attributeType.string, text(4, value));
  if (typeof value === 'number') return named(attributeType.int, int(3, value));
  if ('float' in value) return named(attributeType.float, float(2, value.float));
  return named(attributeType.ints, ...value.map((number) => int(8, number)));
}

function valueInfo(name: string, type: ElementType, dimensions: Dimensions): Buffer {
  const shape = dimensions.map((size) =>
    message(1, typeof size === 'number' ? int(1, size) : text(2, size)),
  );
  const tensor = message(1, int(1, type), message(2, ...shape));
  return Buffer.concat([text(1, name), message(2, tensor)]);
}
