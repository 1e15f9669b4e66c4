import { realTable } from '../support/aCatalogue.ts';

const DISTRICTS = realTable('2021').localities.filter(({ parent }) => parent === '68').map(({ code }) => code);

/** A body of one CloudEvents batch about the districts of Lâm Đồng, ids of its own; times go on, so that none is late. */
export function aBatchOfEvents(source: string, name: string, count: number): string {
  const startMs = Date.now() - 1_000;
  return JSON.stringify(Array.from({ length: count }, (_, index) => ({
    specversion: '1.0', id: `${name}-${index}`, source, type: 'vn.ioc.observation.v1', subject: DISTRICTS[index % DISTRICTS.length],
    time: new Date(startMs + index).toISOString(), data: { indicator: 'dossiers-overdue', value: index % 97 },
  })));
}
