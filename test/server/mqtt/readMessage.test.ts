import { expect, test } from 'vitest';
import { z } from 'zod';
import { parseStrictJson } from '../../../server/http/strictJson.ts';
import { type MessageAdapter, readMessage } from '../../../server/mqtt/readMessage.ts';
import { aFeed } from '../../support/aFeed.ts';

const form = { description: 'Anything.', schema: z.unknown(), example: null };
const adapter: MessageAdapter = {
  accepts: [{ mediaType: 'application/json', ...form }, { mediaType: 'application/digits+json', largeIntegers: 'text', ...form }],
  decode: ({ payload }) => ({ isBatch: false, items: [{ kind: 'candidate', id: null, candidate: payload }] }),
};
const read = (text: string, contentType?: string) => readMessage({ payload: Buffer.from(text), contentType }, aFeed(), 0, adapter, (json, options) => parseStrictJson(json, 32, options));

test('[RF6] what is said of a message that nobody can read is where it was wrong, never what was there', () => {
  for (const text of ['{"name":nguoi-dan}', '{"id":"nguoi-dan","id":1}', '{"id":1e999,"name":"nguoi-dan"}', '{"id":1801439850948198401}']) {
    const answer = read(text);
    expect(answer).toEqual({ reason: 'malformed-request', detail: expect.stringMatching(/^(body|\/id): expected /) });
    expect(JSON.stringify(answer)).not.toMatch(/nguoi-dan|1801439850948198401/);
  }
});

test('[SE2] whole numbers that a double cannot hold are their digits where the form of message asks for it', () => {
  expect(read('[1801439850948198401]', 'application/digits+json')).toMatchObject({ items: [{ candidate: ['1801439850948198401'] }] });
});
