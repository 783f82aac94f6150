import { referencesIn, textOf, type Place } from '../intrinsic.js';
import { isObject, listOf, type JsonObject } from '../json.js';
import type { Reason } from '../model.js';
import type { Resource } from '../template.js';
import { contains, isPublic, parseCidr, type Block } from './cidr.js';

interface Rule {
  readonly logicalId: string;
  readonly group: string;
  /** Lower case; `-1` is every protocol. */
  readonly protocol: string;
  readonly from: number;
  readonly to: number;
  readonly cidr: string;
  readonly block: Block;
}

type Resources = ReadonlyMap<string, Resource>;

/**
 * Why more of the network may come in: rules open to the internet, and rules that take in more addresses than one that
 * they stand for. By the logical id that makes it so; a rule that only moves between a group and a resource of its own
 * is no change.
 */
export function openedIngress(
  before: Resources,
  after: Resources,
  place: Place,
): ReadonlyMap<string, readonly Reason[]> {
  const old = rulesOf(before, place);
  const found = new Map<string, Reason[]>();
  for (const rule of rulesOf(after, place)) {
    const peers = old.filter(({ group }) => group === rule.group);
    if (peers.some((peer) => contains(peer.block, rule.block) && portsWithin(rule, peer))) continue;
    const wider = peers.some(
      (peer) => contains(rule.block, peer.block) && rule.block.prefix < peer.block.prefix && portsMeet(rule, peer),
    );
    if (!isPublic(rule.block) && !wider) continue;
    const text = isPublic(rule.block)
      ? `opens ${portsOf(rule)} to the internet`
      : `opens ${portsOf(rule)} to more addresses`;
    const reasons = found.get(rule.logicalId) ?? [];
    found.set(rule.logicalId, [...reasons, { risk: 'access', text: `${text}: ${rule.cidr}` }]);
  }
  return found;
}

function rulesOf(resources: Resources, place: Place): readonly Rule[] {
  return [...resources].flatMap(([logicalId, { type, properties }]) => {
    if (type === 'AWS::EC2::SecurityGroup') {
      const rules = listOf(properties.SecurityGroupIngress).filter(isObject);
      return rules.flatMap((rule) => ruleOf(logicalId, logicalId, rule, place));
    }
    if (type !== 'AWS::EC2::SecurityGroupIngress') return [];
    const [group = textOf(properties.GroupId ?? properties.GroupName ?? '', place)] = referencesIn(properties.GroupId);
    return ruleOf(logicalId, group, properties, place);
  });
}

function ruleOf(logicalId: string, group: string, rule: JsonObject, place: Place): readonly Rule[] {
  const cidr = textOf(rule.CidrIp ?? rule.CidrIpv6 ?? '', place);
  const block = parseCidr(cidr);
  if (block === undefined) return [];
  const protocol = textOf(rule.IpProtocol ?? '-1', place).toLowerCase();
  const every = protocol === '-1' || rule.FromPort === undefined || Number(rule.FromPort) === -1;
  const [from, to] = every ? [0, 65_535] : [Number(rule.FromPort), Number(rule.ToPort ?? rule.FromPort)];
  return [{ logicalId, group, protocol, from, to, cidr, block }];
}

function portsWithin(inner: Rule, outer: Rule): boolean {
  if (outer.protocol === '-1') return true;
  return inner.protocol === outer.protocol && inner.from >= outer.from && inner.to <= outer.to;
}

function portsMeet(left: Rule, right: Rule): boolean {
  if (left.protocol === '-1' || right.protocol === '-1') return true;
  return left.protocol === right.protocol && left.from <= right.to && right.from <= left.to;
}

function portsOf({ protocol, from, to }: Rule): string {
  if (protocol === '-1') return 'every port';
  if (from === 0 && to === 65_535) return `every ${protocol} port`;
  return from === to ? `${protocol} ${from}` : `${protocol} ${from}-${to}`;
}
