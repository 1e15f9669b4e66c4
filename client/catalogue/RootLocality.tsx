import { createContext, type ReactNode, useContext, useMemo } from 'react';
import type { Locality } from '../../shared/domain/locality.ts';
import { type Alarm, isAnnunciated } from '../../shared/domain/alarm.ts';
import { useAlarms } from '../store/mirrorHooks.tsx';
import { useCatalogue } from './ChannelProvider.tsx';
import type { Catalogue } from './catalogue.ts';

/** What a screen is about: the country, or one province that is "the nation" of its own wall. */
export interface RootLocality {
  readonly code: string;
  readonly locality: Locality;
  readonly isNation: boolean;
  /** Its parts: provinces of the country; districts, or communes, of a province. */
  readonly units: readonly Locality[];
  /** The part a place lies in. `undefined`: it is the root itself, or lies outside. */
  unitOf(code: string): Locality | undefined;
  /** The root itself and everything in it. */
  contains(code: string): boolean;
}

/** [RT1] `undefined`: the edition has no country or province of this code. `null`: the country. */
export function rootOf(catalogue: Catalogue, code: string | null): RootLocality | undefined {
  const nation = catalogue.table.localities.find(({ level }) => level === 'nation');
  const locality = code === null ? nation : catalogue.locality(code);
  if (locality === undefined || (locality.level !== 'nation' && locality.level !== 'province')) return undefined;
  const isNation = locality.level === 'nation';
  const isPart = (place: Locality | undefined) => place !== undefined && place.parent === locality.code;
  const unitOf = (of: string) => {
    const place = isNation ? catalogue.provinceOf(of) : catalogue.locality(of);
    return isPart(place) ? place : undefined;
  };
  return {
    code: locality.code, locality, isNation, units: isNation ? catalogue.provinces : catalogue.table.childrenOf(locality.code), unitOf,
    contains: (of) => of === locality.code || unitOf(of) !== undefined,
  };
}

const RootContext = createContext<RootLocality | null>(null);

export function RootProvider({ root, children }: { readonly root: RootLocality; readonly children: ReactNode }) {
  return <RootContext value={root}>{children}</RootContext>;
}

/** The country, where no screen said otherwise. */
export function useRoot(): RootLocality {
  const given = useContext(RootContext);
  const catalogue = useCatalogue();
  const root = useMemo(() => given ?? rootOf(catalogue, null), [given, catalogue]);
  if (root === undefined) throw new Error(`Invariant: edition ${catalogue.edition} has no country.`);
  return root;
}

/** [RT2] What the root's screens tell of: alarms that stand and that nothing hides; of the country all of them, those of an unknown place too. The same array while alarms are unchanged. */
export function useRootAlarms(): readonly Alarm[] {
  const alarms = useAlarms();
  const root = useRoot();
  return useMemo(() => alarms.filter((alarm) => isAnnunciated(alarm) && (root.isNation || root.contains(alarm.localityCode))), [alarms, root]);
}
