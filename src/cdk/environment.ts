type Environment = Readonly<Record<string, string | undefined>>;

/** Variables that programs need to run at all, and what toolchains are found by. No secret is among them. */
const NAMES = new Set([
  ...['PATH', 'HOME', 'USER', 'LOGNAME', 'SHELL', 'LANG', 'TZ', 'TERM', 'TMPDIR', 'TMP', 'TEMP', 'CI', 'FORCE_COLOR'],
  ...['SYSTEMROOT', 'COMSPEC', 'PATHEXT', 'APPDATA', 'LOCALAPPDATA', 'USERPROFILE', 'PROGRAMDATA', 'WINDIR'],
  ...['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'ALL_PROXY', 'SSL_CERT_FILE', 'SSL_CERT_DIR', 'REQUESTS_CA_BUNDLE'],
  ...['NODE_OPTIONS', 'NODE_PATH', 'NODE_DISABLE_COMPILE_CACHE', 'NODE_EXTRA_CA_CERTS', 'NVM_DIR', 'VOLTA_HOME'],
  ...['JAVA_HOME', 'JAVA_TOOL_OPTIONS', 'JDK_JAVA_OPTIONS', 'M2_HOME', 'MAVEN_HOME', 'MAVEN_OPTS', 'MAVEN_ARGS'],
  ...['GRADLE_HOME', 'GRADLE_USER_HOME', 'GRADLE_OPTS', 'PYTHONPATH', 'PYTHONHOME', 'PYTHONUNBUFFERED', 'VIRTUAL_ENV'],
  ...[
    'UV_CACHE_DIR',
    'PIP_CACHE_DIR',
    'POETRY_HOME',
    'GOPATH',
    'GOROOT',
    'GOCACHE',
    'GOMODCACHE',
    'GOFLAGS',
    'GOPROXY',
  ],
  ...['DOTNET_ROOT', 'NUGET_PACKAGES', 'XDG_CACHE_HOME', 'XDG_CONFIG_HOME', 'DOCKER_HOST', 'DOCKER_CONFIG'],
  ...['DOCKER_BUILDKIT', 'BUILDX_BUILDER', 'CDK_DOCKER', 'JSII_RUNTIME', 'JSII_SILENCE_WARNING_UNTESTED_NODE_VERSION'],
  ...['GITHUB_ACTIONS', 'GITHUB_SHA', 'GITHUB_REF', 'GITHUB_REF_NAME', 'GITHUB_REF_TYPE', 'GITHUB_HEAD_REF'],
  ...['GITHUB_BASE_REF', 'GITHUB_REPOSITORY', 'GITHUB_REPOSITORY_OWNER', 'GITHUB_WORKSPACE', 'GITHUB_EVENT_NAME'],
  ...['GITHUB_RUN_ID', 'GITHUB_RUN_NUMBER', 'GITHUB_RUN_ATTEMPT', 'GITHUB_ACTOR', 'GITHUB_SERVER_URL'],
  ...['GITHUB_WORKFLOW', 'GITHUB_JOB', 'RUNNER_OS', 'RUNNER_ARCH', 'RUNNER_TEMP', 'RUNNER_TOOL_CACHE'],
]);

const FAMILIES = /^(?:LC_|JAVA_HOME_\d|GOROOT_)/;

/** Where the AWS service is and how it is reached; no credentials. */
const AWS_PLACE =
  /^AWS_(?:REGION|DEFAULT_REGION|CA_BUNDLE|ENDPOINT_URL(?:_[A-Z0-9_]+)?|USE_FIPS_ENDPOINT|USE_DUALSTACK_ENDPOINT|MAX_ATTEMPTS|RETRY_MODE|STS_REGIONAL_ENDPOINTS|IGNORE_CONFIGURED_ENDPOINT_URLS)$/;

/** The runner's own channels, never passed on, whatever a user asks for. */
const NEVER =
  /^(?:INPUT_.*|STATE_.*|ACTIONS_.*|GITHUB_TOKEN|GH_TOKEN|GITHUB_(?:ENV|PATH|OUTPUT|STATE|STEP_SUMMARY|EVENT_PATH))$/;

/** What an AWS SDK takes credentials, or the way to them, from. Next to ours they would win. */
const AWS_CREDENTIALS =
  /^AWS_(?:ACCESS_KEY_ID|SECRET_ACCESS_KEY|SESSION_TOKEN|SECURITY_TOKEN|CREDENTIAL_.*|PROFILE|DEFAULT_PROFILE|CONFIG_FILE|SHARED_CREDENTIALS_FILE|SDK_LOAD_CONFIG|ROLE_.*|WEB_IDENTITY_.*|CONTAINER_.*|EC2_METADATA_.*)$/;

export interface ChildEnvironmentOptions {
  /** Names that the user passes on. */
  readonly pass: readonly string[];
  /** Credentials of the environment are passed on; otherwise they are not, whoever asks for them. */
  readonly ambientCredentials: boolean;
  /** Set last, over everything. */
  readonly set: Readonly<Record<string, string>>;
}

/** Names of variables that are never passed on although they were asked for. */
export function refusedNames(pass: readonly string[]): readonly string[] {
  return pass.filter((name) => NEVER.test(name.toUpperCase()));
}

/** The environment of `cdk` and of the app: an allow-list, because the app may be anybody's code. */
export function childEnvironment(parent: Environment, options: ChildEnvironmentOptions): Record<string, string> {
  const passed = new Set(options.pass);
  const allowed = (name: string): boolean => {
    const upper = name.toUpperCase();
    if (NEVER.test(upper)) return false;
    if (AWS_CREDENTIALS.test(upper)) return options.ambientCredentials;
    if (passed.has(name) || NAMES.has(upper) || FAMILIES.test(upper) || AWS_PLACE.test(upper)) return true;
    return upper.startsWith('AWS_') && options.ambientCredentials;
  };
  const kept = Object.entries(parent).flatMap(([name, value]) =>
    value !== undefined && allowed(name) ? [[name, value] as const] : [],
  );
  return {
    ...Object.fromEntries(kept),
    // The CLI would ask the internet for a newer version and send telemetry with every call.
    CDK_DISABLE_VERSION_CHECK: '1',
    CDK_DISABLE_CLI_TELEMETRY: 'true',
    ...options.set,
  };
}
