import { ChevronLeft, ChevronRight } from 'lucide-react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { Locality } from '../../../../shared/domain/locality.ts';
import type { Neighbours } from '../neighbours.ts';

/** [SW3] What a swipe does, for everyone who does not swipe. */
export function NeighbourButton({ way, neighbours, onOpen }: { readonly way: 'previous' | 'next'; readonly neighbours: Neighbours<Locality>; readonly onOpen: (province: Locality) => void }) {
  const { t } = useTranslation();
  const province = neighbours[way];
  const Icon = way === 'previous' ? ChevronLeft : ChevronRight;
  return (
    <Button className="bar-neighbour" isDisabled={province === null} aria-label={province === null ? t(`bar.no.${way}`) : t(`bar.${way}`, { name: province.name })} onPress={() => { if (province !== null) onOpen(province); }}>
      <Icon aria-hidden="true" />
    </Button>
  );
}
