/**
 * Observations as one array per property. Arrays are longer than `count` and are replaced when they grow: keep the object, not
 * an array. Series are named by the id the file gave them, which outlives the catalogue's order.
 */
export interface ObservationColumns {
  count: number;
  seriesId: Int32Array;
  observedAtMs: Float64Array;
  receivedAtMs: Float64Array;
  /** NaN: the source said "no reading". */
  value: Float64Array;
  /** NaN: not stated. */
  numerator: Float64Array;
  denominator: Float64Array;
  /** Comparator in bits 0-1, provenance in bits 2-4, each the position in its list. */
  kind: Uint8Array;
  /** Positions in `texts`; 0: none. */
  source: Int32Array;
  ref: Int32Array;
  /** `texts[0]` is the empty text that stands for none. */
  readonly texts: string[];
  readonly textIds: Map<string, number>;
}

export function createObservationColumns(capacity = 64): ObservationColumns {
  return {
    count: 0, seriesId: new Int32Array(capacity), observedAtMs: new Float64Array(capacity), receivedAtMs: new Float64Array(capacity),
    value: new Float64Array(capacity), numerator: new Float64Array(capacity), denominator: new Float64Array(capacity),
    kind: new Uint8Array(capacity), source: new Int32Array(capacity), ref: new Int32Array(capacity), texts: [''], textIds: new Map(),
  };
}

export function clearColumns(columns: ObservationColumns): void {
  columns.count = 0;
  columns.texts.length = 1;
  columns.textIds.clear();
}

/** Makes room for `extra` more rows. */
export function reserveRows(columns: ObservationColumns, extra: number): void {
  const needed = columns.count + extra;
  if (needed <= columns.value.length) return;
  const capacity = Math.max(needed, columns.value.length * 2);
  columns.seriesId = grownInts(columns.seriesId, capacity);
  columns.observedAtMs = grownFloats(columns.observedAtMs, capacity);
  columns.receivedAtMs = grownFloats(columns.receivedAtMs, capacity);
  columns.value = grownFloats(columns.value, capacity);
  columns.numerator = grownFloats(columns.numerator, capacity);
  columns.denominator = grownFloats(columns.denominator, capacity);
  const kind = new Uint8Array(capacity);
  kind.set(columns.kind);
  columns.kind = kind;
  columns.source = grownInts(columns.source, capacity);
  columns.ref = grownInts(columns.ref, capacity);
}

export function grownInts(column: Int32Array, capacity: number): Int32Array<ArrayBuffer> {
  const grown = new Int32Array(capacity);
  grown.set(column);
  return grown;
}

function grownFloats(column: Float64Array, capacity: number): Float64Array {
  const grown = new Float64Array(capacity);
  grown.set(column);
  return grown;
}

export function internText(columns: ObservationColumns, text: string): number {
  const known = columns.textIds.get(text);
  if (known !== undefined) return known;
  columns.textIds.set(text, columns.texts.length);
  return columns.texts.push(text) - 1;
}

/** Overwrites row `targetRow`, which must lie within the reserved rows; `count` is the caller's to move. */
export function copyRow(target: ObservationColumns, targetRow: number, source: ObservationColumns, row: number): void {
  target.seriesId[targetRow] = source.seriesId[row] ?? 0;
  target.observedAtMs[targetRow] = source.observedAtMs[row] ?? 0;
  target.receivedAtMs[targetRow] = source.receivedAtMs[row] ?? 0;
  target.value[targetRow] = source.value[row] ?? 0;
  target.numerator[targetRow] = source.numerator[row] ?? 0;
  target.denominator[targetRow] = source.denominator[row] ?? 0;
  target.kind[targetRow] = source.kind[row] ?? 0;
  target.source[targetRow] = translateText(target, source, source.source[row] ?? 0);
  target.ref[targetRow] = translateText(target, source, source.ref[row] ?? 0);
}

function translateText(target: ObservationColumns, source: ObservationColumns, textId: number): number {
  return textId === 0 ? 0 : internText(target, source.texts[textId] ?? '');
}

export function appendRow(target: ObservationColumns, source: ObservationColumns, row: number): void {
  reserveRows(target, 1);
  copyRow(target, target.count++, source, row);
}

let firstRows = Int32Array.from({ length: 1024 }, (_, row) => row);

/** 0, 1, 2, … at least `count` of them. */
export function rowsUpTo(count: number): Int32Array {
  if (firstRows.length < count) firstRows = Int32Array.from({ length: count * 2 }, (_, row) => row);
  return firstRows;
}
