/** A block of IP addresses. */
export interface Block {
  readonly version: 4 | 6;
  readonly start: bigint;
  readonly prefix: number;
}

/** Reads `10.0.0.0/8` or `2001:db8::/32`; undefined for anything else, such as a reference. */
export function parseCidr(text: string): Block | undefined {
  const [address = '', length = '', ...more] = text.trim().split('/');
  if (more.length > 0 || !/^\d{1,3}$/.test(length)) return undefined;
  const version = address.includes(':') ? 6 : 4;
  const bits = version === 4 ? 32 : 128;
  const value = version === 4 ? parseFour(address) : parseSix(address);
  const prefix = Number(length);
  if (value === undefined || prefix > bits) return undefined;
  const host = BigInt(bits - prefix);
  return { version, start: (value >> host) << host, prefix };
}

function parseFour(text: string): bigint | undefined {
  const parts = text.split('.');
  if (parts.length !== 4 || parts.some((part) => !/^\d{1,3}$/.test(part) || Number(part) > 255)) return undefined;
  return parts.reduce((sum, part) => sum * 256n + BigInt(part), 0n);
}

function parseSix(text: string): bigint | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const groups = (half: string | undefined): string[] => (half === undefined || half === '' ? [] : half.split(':'));
  const [head, tail] = [groups(halves[0]), groups(halves[1])];
  const missing = 8 - head.length - tail.length;
  if (halves.length === 1 ? missing !== 0 : missing < 0) return undefined;
  const all = [...head, ...Array<string>(missing).fill('0'), ...tail];
  if (all.some((group) => !/^[0-9a-f]{1,4}$/i.test(group))) return undefined;
  return all.reduce((sum, group) => sum * 65536n + BigInt(`0x${group}`), 0n);
}

/** Whether a block holds every address of another. */
export function contains(outer: Block, inner: Block): boolean {
  if (outer.version !== inner.version || outer.prefix > inner.prefix) return false;
  const host = BigInt((outer.version === 4 ? 32 : 128) - outer.prefix);
  return inner.start >> host === outer.start >> host;
}

/** Ranges that no one on the internet has: RFC 1918, RFC 6598, RFC 4193, RFC 3927 and loopback. */
const PRIVATE = [
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '100.64.0.0/10',
  '169.254.0.0/16',
  '127.0.0.0/8',
  'fc00::/7',
  'fe80::/10',
]
  .map(parseCidr)
  .filter((block) => block !== undefined);

/** A block that is most of the internet: everything, or one of the pieces that it is cut into to look smaller. */
export function isPublic(block: Block): boolean {
  return block.prefix <= (block.version === 4 ? 8 : 16) && !PRIVATE.some((range) => contains(range, block));
}
