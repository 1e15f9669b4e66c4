import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { COMPARATORS, PROVENANCES } from '../../../shared/domain/provenance.ts';
import { FRESHNESS_STATES } from '../../../shared/domain/freshness.ts';
import * as socket from '../../../shared/protocol/socket.ts';
import { PROTOCOL_VERSION } from '../../../shared/protocol/version.ts';

test('[PV1] the wire schemas are the ones PROTOCOL_VERSION was published with', () => {
  const schemas = Object.entries(socket).flatMap(([name, exported]) => (exported instanceof z.ZodType ? [[name, z.toJSONSchema(exported)]] : []));
  // Numbers in frames stand for positions in these lists.
  const text = JSON.stringify([schemas, FRESHNESS_STATES, PROVENANCES, COMPARATORS]);
  expect(schemas.length).toBeGreaterThan(10);
  // Red means a message changed shape: bump PROTOCOL_VERSION, add a line to its history, paste the new fingerprint.
  expect({ version: PROTOCOL_VERSION, fingerprint: createHash('sha256').update(text).digest('hex').slice(0, 12) }).toEqual({ version: 8, fingerprint: '65c1a338e0d6' });
});
