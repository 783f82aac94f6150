import addFormats from 'ajv-formats';
import { OpenAPIBackend, type Context, type Document } from 'openapi-backend';
import { failure, type Answer } from './answers.js';
import description from './openapi.json' with { type: 'json' };

/** Who asks, and where. */
export interface Caller {
  readonly login: string;
  readonly kind: 'write' | 'read' | 'user';
  readonly url: URL;
}

export type Operation = (context: Context, caller: Caller) => Answer;

export interface ApiRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

const paths: Readonly<Record<string, Readonly<Record<string, { readonly operationId: string }>>>> = description.paths;
const ids = Object.values(paths).flatMap((path) => Object.values(path).map(({ operationId }) => operationId));

/** Routes and validates; made once, because it compiles every schema of the description. */
const api = new OpenAPIBackend({
  definition: description as unknown as Document,
  quick: true,
  ajvOpts: { strict: false },
  customizeAjv: (ajv) => {
    addFormats.default(ajv);
    return ajv;
  },
  handlers: {
    ...Object.fromEntries(
      ids.map((id) => [
        id,
        (context: Context, contract: Contract, caller: Caller) => contract.act(id, context, caller),
      ]),
    ),
    notFound: ({ request }: Context) => failure(404, `Not Found: the fake has no ${request.path}`),
    validationFail: (context: Context, contract: Contract) => contract.refuse(context),
  },
});

/** GitHub's API as it is described: requests and answers are both held to it. */
export class Contract {
  /** Requests and answers that broke the description. */
  readonly violations: string[] = [];

  /** @param operations by the description's `operationId` */
  constructor(private readonly operations: Readonly<Record<string, Operation>>) {}

  async answer({ method, url, headers, body }: ApiRequest, caller: Caller): Promise<Answer> {
    const request = { method, path: url.pathname, query: url.search.slice(1), headers: { ...headers }, body };
    return (await api.handleRequest(request, this, caller)) as Answer;
  }

  /** What the operation answers, if that is as described; GitHub describes few of its errors, which share one shape. */
  act(id: string, context: Context, caller: Caller): Answer {
    const operation = this.operations[id];
    if (operation === undefined) return this.violation(context, 'no such operation in the fake', id);
    const answer = operation(context, caller);
    const described = String(answer.status) in (context.operation.responses ?? {});
    if (!described && answer.status >= 400) return answer;
    if (!described) return this.violation(context, 'status is not described', answer.status);
    const { valid, errors } = api.validateResponse(answer.body ?? null, context.operation, answer.status);
    return valid ? answer : this.violation(context, `answer ${answer.status}: ${JSON.stringify(errors)}`, answer.body);
  }

  refuse(context: Context): Answer {
    const { errors } = context.validation;
    return this.violation(context, `request: ${JSON.stringify(errors)}`, context.request.requestBody);
  }

  private violation({ request }: Context, what: string, value: unknown): Answer {
    const place = `${request.method.toUpperCase()} ${request.path}`;
    this.violations.push(`${place}: ${what} in ${JSON.stringify(value ?? null).slice(0, 1000)}`);
    return failure(500, `violates the description of GitHub's API: ${place}: ${what}`);
  }
}
