import { contextTypes, lifecycleSchema, platformContext } from '@fastish/stack-kit';
import { z } from 'zod';

/** The context keys of this app: the platform's, of which it needs the domain, and those of its e-mail. */
export const webappContext = platformContext.extend({
  'deployment:domain': contextTypes.domain,
  'deployment:ses:email': z.email('must be an e-mail address').optional(),
  'deployment:ses:hosted:zone': z
    .string()
    .regex(/^Z[A-Z0-9]{5,31}$/, 'must be the id of a hosted zone such as Z0123456789ABC')
    .optional(),
});

export type WebappContext = z.infer<typeof webappContext>;

const attribute = z.string().regex(/^[a-zA-Z][a-zA-Z0-9]{0,62}$/, 'must be the name of an attribute');
const label = z.string().regex(/^[a-z][a-z0-9-]{2,62}$/, 'use 3 to 63 lower-case letters, digits and "-"');

const network = z.strictObject({
  cidr: z.cidrv4().refine((cidr) => Number(cidr.split('/')[1]) <= 20, 'is too small: use /16 to /20'),
  zones: z.union([z.literal(2), z.literal(3)]),
  /** 1 shares one gateway between the zones; as many as zones keeps a zone's failure to itself. */
  natGateways: z.int().min(1).max(3),
});

const authentication = z.strictObject({
  /** Cognito cannot turn `optional` into `required` later (CloudFormation refuses): choose when the pool is made. */
  mfa: z.enum(['optional', 'required']),
  passwordLength: z.int().min(8).max(99),
  selfSignUp: z.boolean(),
  groups: z.array(label).min(1),
  /** Cognito's plus tier: compromised credentials and risky sign-ins are blocked. Billed by active user. */
  threatProtection: z.boolean(),
  /** The address that Cognito sends from, at the verified domain. @default Cognito's own, 50 messages a day */
  sender: z.email().optional(),
});

const database = z.strictObject({
  encryption: z.enum(['aws-managed', 'customer-managed']),
  pointInTimeRecovery: z.boolean(),
  /** Partition and sort key of the table are `pk` and `sk`. CloudFormation adds one index in one update. */
  indexes: z.array(z.strictObject({ name: label, partition: attribute, sort: attribute })),
});

const email = z.strictObject({
  domain: contextTypes.domain,
  /** The zone that gets the DKIM records. @default none: they are outputs, to be set by hand */
  hostedZone: z.string().optional(),
});

const api = z.strictObject({
  stage: label,
  /** Requests a second, and how many at once above that, for the whole stage. */
  throttle: z.strictObject({ rate: z.int().min(1).max(10_000), burst: z.int().min(1).max(5_000) }),
  /** The origins that a browser may call from. */
  origins: z.array(z.url()).min(1),
});

const func = z.strictObject({
  memory: z.int().min(128).max(10_240),
  /** Seconds. API Gateway gives up after 29. */
  timeout: z.int().min(1).max(29),
  /** Whether a user gets a message for a new item, which adds the right to send. */
  sendsEmail: z.boolean(),
});

/** What a template (`resources/<environment>/<version>/conf.mustache`) says. */
export const webappConfig = z.strictObject({
  lifecycle: lifecycleSchema,
  network,
  authentication,
  database,
  email,
  api,
  function: func,
});

export type WebappConfig = z.infer<typeof webappConfig>;
