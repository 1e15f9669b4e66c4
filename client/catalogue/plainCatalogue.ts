import { LOCALITY_CODE, SLUG, SLUG_LENGTH } from '../../shared/domain/ids.ts';
import { Indicator } from '../../shared/domain/indicator.ts';
import { Level, Locality } from '../../shared/domain/locality.ts';
import { Severity } from '../../shared/domain/severity.ts';
import { CatalogueDto } from '../../shared/protocol/catalogue.ts';

// The schema of a thousand entries costs a tablet a tenth of what it takes to its first figures: the page's policy forbids zod to compile it.

type Fields<T> = { readonly [Key in keyof T]?: unknown };

const setOf = (names: readonly unknown[]): ReadonlySet<unknown> => new Set(names);

const CATALOGUE_FIELDS = setOf(Object.keys(CatalogueDto.shape));
const EDITIONS = setOf(CatalogueDto.shape.edition.options);
const LOCALITY_FIELDS = setOf(Object.keys(Locality.shape));
const LOCALITY_LEVELS = setOf(Locality.shape.level.options);
const GEOMETRIES = setOf(Locality.shape.geometry.options);
const INDICATOR_FIELDS = setOf(Object.keys(Indicator.shape));
const DOMAINS = setOf(Indicator.shape.domain.options);
const LEVELS = setOf(Level.options);
const DIRECTIONS = setOf(Indicator.shape.direction.options);
const SEVERITIES = setOf(Severity.options);
const STATE_FIELDS = setOf(['value', 'name', 'alarm']);
const LANGUAGES = setOf(['vi', 'en']);
const RANGE_ENDS = setOf(['min', 'max']);
/** By rule, what else it says. */
const ROLL_UP_FIELDS: Readonly<Record<string, ReadonlySet<unknown>>> = {
  none: setOf(['rule']), sum: setOf(['rule']), worst: setOf(['rule', 'pick']), ratio: setOf(['rule', 'numerator', 'denominator']), share: setOf(['rule', 'of', 'atLeast']),
};

/** @throws ZodError that says what is wrong with it. */
export function readCatalogueDto(input: unknown): CatalogueDto {
  return isPlainCatalogue(input) ? input : CatalogueDto.parse(input);
}

/**
 * [CT1] Whether `CatalogueDto` would surely accept it; `false` says nothing. Of parsed JSON only. Every clause is one of the schema's; the
 * property test holds the two together.
 */
export function isPlainCatalogue(input: unknown): input is CatalogueDto {
  if (!hasOnly<CatalogueDto>(input, CATALOGUE_FIELDS)) return false;
  const { edition, localities, indicators } = input;
  return EDITIONS.has(edition) && isListOf(localities, 1, isLocality) && isListOf(indicators, 1, isIndicator);
}

function isLocality(input: unknown): boolean {
  if (!hasOnly<Locality>(input, LOCALITY_FIELDS)) return false;
  const { code, name, fullName, level, kind, parent, lngLat, geometry, bounds } = input;
  return isCode(code) && isText(name) && isText(fullName) && LOCALITY_LEVELS.has(level) && isText(kind) && (parent === null || isCode(parent))
    && isNumbers(lngLat, 2) && GEOMETRIES.has(geometry) && (bounds === undefined || isNumbers(bounds, 4));
}

function isIndicator(input: unknown): boolean {
  if (!hasOnly<Indicator>(input, INDICATOR_FIELDS)) return false;
  const { id, domain, name, shortName, unit, system, plausible, levels, observedAt, rollUp, quorumRatio, direction, target, firstAction } = input;
  return isSlug(id) && DOMAINS.has(domain) && isLocalized(name, 1) && isLocalized(shortName, 1) && isLocalized(unit, 0) && isText(system)
    && isRange(plausible) && isListOf(levels, 1, isLevel) && (observedAt === null || isLevel(observedAt)) && isRollUp(rollUp)
    && isNumber(quorumRatio) && quorumRatio >= 0 && quorumRatio <= 1 && DIRECTIONS.has(direction) && (target === null || isNumber(target))
    && (firstAction === undefined || isLocalized(firstAction, 1)) && hasPlainSteps(input);
}

/** What of an indicator is counted in steps: decimals, bands, states and times. */
function hasPlainSteps({ decimals, bands, states, expectEveryMs, lateAfterMs, staleAfterMs, deadAfterMs }: Fields<Indicator>): boolean {
  return isWhole(decimals) && decimals >= 0 && decimals <= 3 && isListOf(bands, 0, isNumber) && bands.length <= 4 && isListOf(states, 0, isState)
    && isDuration(expectEveryMs) && isDuration(lateAfterMs) && isDuration(staleAfterMs) && isDuration(deadAfterMs);
}

function isState(input: unknown): boolean {
  return hasOnly<Indicator['states'][number]>(input, STATE_FIELDS) && isWhole(input.value) && isLocalized(input.name, 1) && (input.alarm === undefined || SEVERITIES.has(input.alarm));
}

function isRollUp(input: unknown): boolean {
  const rule = typeof input === 'object' && input !== null && 'rule' in input && typeof input.rule === 'string' ? input.rule : '';
  const fields = Object.hasOwn(ROLL_UP_FIELDS, rule) ? ROLL_UP_FIELDS[rule] : undefined;
  if (fields === undefined || !hasOnly<Record<'pick' | 'numerator' | 'denominator' | 'of' | 'atLeast', unknown>>(input, fields)) return false;
  const { pick, numerator, denominator, of, atLeast } = input;
  return (rule !== 'worst' || pick === 'max' || pick === 'min') && (rule !== 'ratio' || (isSlug(numerator) && isSlug(denominator))) && (rule !== 'share' || (isSlug(of) && isNumber(atLeast)));
}

function hasOnly<T>(input: unknown, fields: ReadonlySet<unknown>): input is Fields<T> {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) return false;
  for (const key in input) if (!fields.has(key)) return false;
  return true;
}

function isListOf(input: unknown, minLength: number, isEntry: (entry: unknown) => boolean): input is unknown[] {
  return Array.isArray(input) && input.length >= minLength && input.every(isEntry);
}

const isText = (input: unknown): boolean => typeof input === 'string' && input.length >= 1;
const isCode = (input: unknown): boolean => typeof input === 'string' && LOCALITY_CODE.test(input);
const isSlug = (input: unknown): boolean => typeof input === 'string' && input.length <= SLUG_LENGTH && SLUG.test(input);
const isLevel = (input: unknown): boolean => LEVELS.has(input);
const isNumber = (input: unknown): input is number => Number.isFinite(input);
const isWhole = (input: unknown): input is number => Number.isSafeInteger(input);
const isDuration = (input: unknown): boolean => isWhole(input) && input > 0;
const isNumbers = (input: unknown, length: number): boolean => isListOf(input, length, isNumber) && input.length === length;
const isRange = (input: unknown): boolean => hasOnly<Indicator['plausible']>(input, RANGE_ENDS) && isNumber(input.min) && isNumber(input.max);

function isLocalized(input: unknown, minLength: number): boolean {
  if (!hasOnly<{ vi: unknown; en: unknown }>(input, LANGUAGES)) return false;
  const { vi, en } = input;
  return typeof vi === 'string' && typeof en === 'string' && vi.length >= minLength && en.length >= minLength;
}
