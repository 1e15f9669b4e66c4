import { FRESHNESS_STATES } from '../domain/freshness.ts';
import { COMPARATORS, PROVENANCES } from '../domain/provenance.ts';
import type { ReadingColumns } from '../domain/readingColumns.ts';
import type { ByteReader } from './byteReader.ts';
import { BLOCK } from './columnBlocks.ts';
import { readAscending, readPackedIntegers } from './packedIntegers.ts';
import { fromUnits, MAX_DECIMALS, type NumberColumn, toBaseUnits, unzigzag } from './units.ts';

const MAX_TIME_MS = 8.64e15;
const MAX_MEMBERS = 65_535;

/** What one block says, checked and not yet written: `values[i]` is for series `indices[i]`. */
export interface StagedColumn {
  readonly indices: Uint32Array;
  readonly values: Float64Array;
}

const NOTHING: StagedColumn = { indices: new Uint32Array(0), values: new Float64Array(0) };

export interface BlockContext {
  /** What steps start from; `null` for a snapshot. */
  readonly held: ReadingColumns | null;
  readonly changed: Uint32Array;
  readonly decimalsBySeries: Uint8Array;
  readonly dataTimeMs: number;
}

function readIndices(reader: ByteReader, changed: Uint32Array): Uint32Array {
  const count = reader.varint(changed.length, 'number of series in a block');
  const indices = readAscending(reader, count, changed.length);
  for (let i = 0; i < count; i++) indices[i] = changed[indices[i] ?? 0] ?? 0;
  return indices;
}

function checkFlags(reader: ByteReader, flags: number, allowed: number): void {
  const isEverySeriesOfNothing = (flags & BLOCK.everySeries) !== 0 && (flags & BLOCK.integers) === 0;
  if ((flags & ~allowed) !== 0 || isEverySeriesOfNothing) reader.fail(`known block flags, got ${flags}`);
}

function concat(a: StagedColumn, b: StagedColumn): StagedColumn {
  if (a.indices.length === 0) return b;
  if (b.indices.length === 0) return a;
  const indices = new Uint32Array(a.indices.length + b.indices.length);
  indices.set(a.indices);
  indices.set(b.indices, a.indices.length);
  const values = new Float64Array(indices.length);
  values.set(a.values);
  values.set(b.values, a.values.length);
  return { indices, values };
}

export function readNumberBlock(reader: ByteReader, column: NumberColumn, context: BlockContext): StagedColumn {
  const isCount = column === 'membersFresh' || column === 'membersExpected';
  const isPart = column === 'numerator' || column === 'denominator';
  const flags = reader.u8();
  checkFlags(reader, flags, isCount ? BLOCK.integers | BLOCK.everySeries : BLOCK.integers | BLOCK.everySeries | BLOCK.gone | BLOCK.doubles);
  if (flags === 0) return NOTHING;
  const fixedDecimals = isPart ? reader.u8() : 0;
  if (fixedDecimals > MAX_DECIMALS) reader.fail(`at most ${MAX_DECIMALS} decimals, got ${fixedDecimals}`);
  let staged = NOTHING;
  if ((flags & BLOCK.integers) !== 0) {
    const indices = (flags & BLOCK.everySeries) !== 0 ? context.changed : readIndices(reader, context.changed);
    staged = { indices, values: readSteps(reader, column, indices, context, fixedDecimals) };
  }
  if ((flags & BLOCK.gone) !== 0) {
    const indices = readIndices(reader, context.changed);
    staged = concat(staged, { indices, values: new Float64Array(indices.length).fill(Number.NaN) });
  }
  if ((flags & BLOCK.doubles) !== 0) {
    const indices = readIndices(reader, context.changed);
    const values = new Float64Array(indices.length);
    for (let i = 0; i < indices.length; i++) values[i] = checked(reader, column, reader.f64());
    staged = concat(staged, { indices, values });
  }
  return staged;
}

function readSteps(reader: ByteReader, column: NumberColumn, indices: Uint32Array, context: BlockContext, fixedDecimals: number): Float64Array {
  const values = new Float64Array(indices.length);
  readPackedIntegers(reader, values, indices.length);
  const isTime = column === 'observedAtMs';
  const isValue = column === 'value';
  const held = isTime ? null : context.held?.[column] ?? null;
  const dataSeconds = Math.floor(context.dataTimeMs / 1000);
  for (let i = 0; i < indices.length; i++) {
    const index = indices[i] ?? 0;
    const step = unzigzag(values[i] ?? 0);
    const decimals = isValue ? context.decimalsBySeries[index] ?? 0 : fixedDecimals;
    const base = held === null ? 0 : toBaseUnits(held[index] ?? 0, decimals);
    values[i] = checked(reader, column, isTime ? (dataSeconds + step) * 1000 : fromUnits(base + step, decimals));
  }
  return values;
}

function checked(reader: ByteReader, column: NumberColumn, value: number): number {
  if (Number.isNaN(value)) return reader.fail(`a number in ${column}; one that is gone is listed, not sent`);
  if (column === 'observedAtMs' && !(Math.abs(value) <= MAX_TIME_MS)) return reader.fail(`a time in epoch ms, got ${value}`);
  if ((column === 'membersFresh' || column === 'membersExpected') && (value < 0 || value > MAX_MEMBERS)) {
    return reader.fail(`${column} in 0..${MAX_MEMBERS}, got ${value}`);
  }
  return value;
}

export function readStatusBlock(reader: ByteReader, context: BlockContext): StagedColumn {
  const flags = reader.u8();
  checkFlags(reader, flags, BLOCK.integers | BLOCK.everySeries);
  if (flags === 0) return NOTHING;
  const indices = (flags & BLOCK.everySeries) !== 0 ? context.changed : readIndices(reader, context.changed);
  const dictionary = new Uint8Array(reader.varint(256, 'number of statuses'));
  for (let i = 0; i < dictionary.length; i++) {
    const status = reader.u8();
    const isKnown = (status & 7) < FRESHNESS_STATES.length && ((status >> 3) & 7) < PROVENANCES.length && (status >> 6) < COMPARATORS.length;
    if (!isKnown) reader.fail(`a status of known freshness, provenance and comparator, got ${status}`);
    dictionary[i] = status;
  }
  const values = new Float64Array(indices.length);
  readPackedIntegers(reader, values, indices.length);
  for (let i = 0; i < values.length; i++) {
    const status = dictionary[values[i] ?? 0];
    if (status === undefined) return reader.fail(`a place among ${dictionary.length} statuses, got ${values[i]}`);
    values[i] = status;
  }
  return { indices, values };
}
