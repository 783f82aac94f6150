export { acknowledge } from './acknowledge.js';
export { contextTypes, OLDER_PREFIXES, platformContext, type PlatformContext } from './context-schema.js';
export { readContext } from './context.js';
export { ConfigError, runApp } from './errors.js';
export { type Lifecycle, lifecycleSchema } from './lifecycle.js';
export { Names } from './names.js';
export { hierarchyTags } from './tags.js';
export { loadConfig, type TemplateSource } from './templates.js';
export { regionZones } from './zones.js';
