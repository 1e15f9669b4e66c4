import { Parser } from 'saxen';

interface XmlHandlers {
  /** `name` without its prefix. */
  readonly open?: (name: string, attributes: Readonly<Record<string, string>>) => void;
  readonly text?: (text: string) => void;
  readonly close?: (name: string) => void;
}

/** Of one part: 2,000 rows of a dozen cells have 75,000. More would hold up everything else this thread does. */
const MAX_ELEMENTS = 150_000;

/** Walks well-formed XML; entities other than XML's own five stay as they are, nothing is fetched. @throws Error if it is not well-formed. */
export function walkXml(xml: string, { open, text, close }: XmlHandlers): void {
  const parser = new Parser();
  let problem: Error | null = null;
  let elements = 0;
  const local = (name: string) => name.slice(name.indexOf(':') + 1);
  const fail = (error: Error) => {
    problem ??= error;
    parser.stop();
  };
  parser.on('error', fail);
  parser.on('warn', () => {});
  parser.on('openTag', (name, attributes, decode) => {
    elements += 1;
    if (elements > MAX_ELEMENTS) fail(new Error(`more than ${MAX_ELEMENTS} elements in one part`));
    else open?.(local(name), decodeAll(attributes(), decode));
  });
  parser.on('text', (value, decode) => text?.(decode(value)));
  parser.on('cdata', (value) => text?.(value));
  parser.on('closeTag', (name) => close?.(local(name)));
  parser.parse(xml);
  if (problem !== null) throw problem;
}

function decodeAll(attributes: Readonly<Record<string, string>>, decode: (text: string) => string): Readonly<Record<string, string>> {
  if (!Object.values(attributes).some((value) => value.includes('&'))) return attributes;
  return Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, decode(value)]));
}
