import { z } from 'zod';

/** What the platform allows as an organization, environment or deployment name: it ends up in names and paths. */
const NAME = /^[a-z][a-z0-9-]{0,38}[a-z0-9]$/;
const PLACEHOLDER = '000000000000';

const text = () => z.string('must be a text');

const name = text().regex(NAME, 'must be 2 to 40 lower-case letters, digits and "-", starting with a letter');
const account = z
  .string('must be a string of 12 digits in quotes')
  .regex(/^\d{12}$/, 'must be 12 digits')
  .refine((id) => id !== PLACEHOLDER, 'is a placeholder: put the account of the target');
const region = text().regex(/^[a-z]{2,5}(-[a-z]+)+-\d{1,2}$/, 'must be a region such as us-west-2');
const domain = text().regex(/^(?=.{4,253}$)([a-z0-9-]{1,63}\.)+[a-z]{2,63}$/, 'must be a domain such as example.com');
const version = text().regex(/^v\d+$/, 'must be a version such as v1');
/** IAM refuses a tag with any other character, and IAM is the strictest. */
const label = text().regex(/^[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,256}$/u, 'holds a character that no AWS tag may hold');
const tags = z.record(z.string().regex(/^(?!aws:)[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$/u, 'is no legal tag key'), label);

/** Building blocks for the keys of one app. */
export const contextTypes = { name, account, region, domain, version, label, tags };

/**
 * The context keys that every app reads, in their newest spelling. An app adds its own with `.extend`. Keys that the CDK
 * caches (`availability-zones:…`) and feature flags (`@aws-cdk/…`) are none of these and pass unseen.
 */
export const platformContext = z.strictObject({
  'deployment:id': name.optional(),
  'deployment:organization': name,
  'deployment:name': name.optional(),
  'deployment:alias': label.optional(),
  'deployment:account': account,
  'deployment:region': region,
  'deployment:environment': name,
  'deployment:version': version,
  'deployment:domain': domain.optional(),
  'deployment:tags': tags.optional(),
  'deployment:synthesizer:name': label.optional(),
  'deployment:team:name': label.optional(),
  'deployment:team:alias': label.optional(),
  'deployment:contributor:name': label.optional(),
  'deployment:release': label.optional(),
  // Who runs the platform. Accepted so that existing context files stay as they are; only the name is used, as the
  // synthesizer's where no other is given.
  'platform:id': name.optional(),
  'platform:organization': name.optional(),
  'platform:account': account.optional(),
  'platform:region': region.optional(),
  'platform:name': name.optional(),
  'platform:alias': label.optional(),
  'platform:environment': name.optional(),
  'platform:version': version.optional(),
  'platform:domain': domain.optional(),
});

export type PlatformContext = z.infer<typeof platformContext>;

/** Older spellings: `hosted:account` was what `deployment:account` is now. The whole table of it. */
export const OLDER_PREFIXES: Readonly<Record<string, string>> = { 'hosted:': 'deployment:', 'host:': 'platform:' };
