/** What an app may be built with. */
export const TOOLCHAINS = ['node', 'maven', 'gradle', 'pip', 'uv', 'go', 'dotnet'] as const;
export type ToolchainName = (typeof TOOLCHAINS)[number];
