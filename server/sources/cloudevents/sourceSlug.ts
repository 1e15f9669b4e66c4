import { SourceId } from '../../../shared/domain/ids.ts';

/**
 * A CloudEvents `source` (a URI reference) as a source id: scheme and "urn:" dropped, lower case, every run of other characters
 * one "-". "https://ioc.laocai.gov.vn/feeds/tslcd" → "ioc-laocai-gov-vn-feeds-tslcd". An id of ours stays as it is.
 * Two sources that differ only in punctuation are therefore one source. `null`: nothing usable is left, or over 64 characters
 * (cutting would make two senders one).
 */
export function toSourceId(source: string): SourceId | null {
  if (!/^[\x21-\x7e]+$/.test(source)) return null;
  const slug = source.toLowerCase().replace(/^(urn:|[a-z][a-z0-9+.-]*:\/\/)/, '').replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '');
  const parsed = SourceId.safeParse(slug);
  return parsed.success ? parsed.data : null;
}
