/** National figures in fixed places, each of them reported at one milestone at least. */
export const DEMO_INDICATORS = ['steering-committee-province-share', 'services-level4-share', 'tslcd-share', 'sharing-platform-share', 'ndxp-transactions-total', 'soc-centres', 'four-layer-share'] as const;
export type DemoIndicatorId = (typeof DEMO_INDICATORS)[number];
