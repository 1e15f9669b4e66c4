// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { MemoryRouter } from 'react-router';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { CatalogueProvider } from '../../../client/catalogue/ChannelProvider.tsx';
import { createCatalogue } from '../../../client/catalogue/catalogue.ts';
import { startI18n } from '../../../client/i18n/i18n.ts';
import { provinceLink } from '../../../client/screens/province/bar/provinceLink.ts';
import { ProvinceSwitcher } from '../../../client/screens/province/bar/ProvinceSwitcher.tsx';
import { swipeOf } from '../../../client/screens/province/bar/swipe.ts';
import { firstChoice, wallFit } from '../../../client/screens/province/bar/wallChoice.ts';
import { useAsOf } from '../../../client/screens/province/past/asOf.tsx';
import { createMirrorStore } from '../../../client/store/createMirrorStore.ts';
import { LocalityList } from '../../../shared/domain/locality.ts';
import type { WallDto } from '../../../shared/protocol/answers.ts';
import { realIndicators, realTable } from '../../support/aCatalogue.ts';
import { aWallReport } from '../../support/aWallReport.ts';

const catalogue = createCatalogue(LocalityList.parse({ edition: '2021', asOf: '2021-07-01', localities: realTable('2021').localities }), realIndicators());
const { provinces } = catalogue;
const place = (code: string) => catalogue.locality(code)!;

beforeAll(async () => { await startI18n('vi'); });
afterEach(cleanup);

describe('[SW1] another place is found from the bar', () => {
  test.each([['da nang', 'Thành phố Đà Nẵng', '48'], ['79', 'Thành phố Hồ Chí Minh', '79'], ['hcm', 'Thành phố Hồ Chí Minh', '79'], ['ĐÀ LẠT', 'Thành phố Đà Lạt', '672']])('%s', async (typed, option, code) => {
    const opened = vi.fn();
    render(<CatalogueProvider catalogue={catalogue} store={createMirrorStore({ table: catalogue.table, channel: 'live', edition: '2021', scheduleFrame: (flush) => flush() })}><ProvinceSwitcher province={place('68')} words="" onOpen={opened} /></CatalogueProvider>);
    fireEvent.click(screen.getByRole('button', { name: /Lâm Đồng.*Đổi sang tỉnh khác/ }));
    expect((await screen.findAllByRole('option')).length).toBe(provinces.length);
    fireEvent.change(screen.getByRole('searchbox'), { target: { value: typed } });
    fireEvent.click(screen.getByRole('option', { name: new RegExp(option) }));
    expect(opened).toHaveBeenCalledWith(place(code));
    expect(screen.queryByRole('searchbox')).toBeNull();
  });
});

test('[SW2] what is looked at, when and in which language stays; the unit and the explained number do not', () => {
  const before = new URLSearchParams('domain=dossiers&indicator=dossiers-overdue&unit=672&explain=dossiers-overdue&at=5&lang=en');
  expect(provinceLink(place('48'), before)).toBe('/province/48?domain=dossiers&indicator=dossiers-overdue&at=5&lang=en');
  expect(provinceLink(place('672'), new URLSearchParams('unit=673'))).toBe('/province/68?unit=672');
  expect(provinceLink(place('48'), new URLSearchParams())).toBe('/province/48');
});

describe('[SW3] a swipe', () => {
  test('left goes on, right goes back; a short or slanted stroke does nothing', () => {
    const from = { x: 300, y: 40 };
    expect([{ x: 200, y: 50 }, { x: 400, y: 30 }, { x: 250, y: 40 }, { x: 200, y: 120 }].map((to) => swipeOf(from, to))).toEqual(['next', 'previous', null, null]);
  });
});

describe('[TW3] which wall can show the province', () => {
  const aWall = (parts: Partial<Omit<WallDto, 'wallId'>> & { readonly wallId: string }): WallDto => ({
    ...aWallReport({ wallId: parts.wallId }), isHandoverShown: false, state: 'well', troubleSinceMs: null, firstHeardAtMs: 0, heardAtMs: 0, reportCount: 1, pages: 1, ...parts,
  } as WallDto);
  const following = (topic: string, channel = 'live') => aWallReport().applied.map((one) => ({ ...one, topic, channel })) as WallDto['applied'];

  test('not one without a page, of another province, or that plays a recording', () => {
    const walls = [aWall({ wallId: 'a' }), aWall({ wallId: 'b', pages: 0 }), aWall({ wallId: 'c', applied: following('province:48') }), aWall({ wallId: 'd', applied: following('province:68') }), aWall({ wallId: 'e', applied: following('nation', 'recording:bao') })];
    expect(walls.map((wall) => wallFit(wall, '68'))).toEqual(['ready', 'notConnected', 'otherRoot', 'ready', 'recording']);
  });

  test('the only one that can is chosen at first; of several a person chooses', () => {
    const [one, other, gone] = [aWall({ wallId: 'a' }), aWall({ wallId: 'b' }), aWall({ wallId: 'c', pages: 0 })];
    expect([firstChoice([one, gone], '68'), firstChoice([one, other], '68'), firstChoice([gone], '68'), firstChoice([], '68')]).toEqual(['a', null, null, null]);
  });
});

test.each([['', 'null'], ['?at=1700000000000', '1700000000000'], ['?at=2026-11-01T08:00:00%2B07:00', '1793494800000'], ['?at=soon', 'null']])('[TW5] the address %s is of %s', (search, asOf) => {
  const Shown = () => <p>{String(useAsOf())}</p>;
  render(<MemoryRouter initialEntries={[`/${search}`]}><Shown /></MemoryRouter>);
  expect(screen.getByText(asOf)).toBeTruthy();
});
