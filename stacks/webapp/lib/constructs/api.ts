import { acknowledge, type Lifecycle, type Names } from '@fastish/stack-kit';
import {
  AccessLogFormat,
  AuthorizationType,
  CognitoUserPoolsAuthorizer,
  EndpointType,
  JsonSchemaType,
  LambdaIntegration,
  LogGroupLogDestination,
  MethodLoggingLevel,
  ResponseType,
  RestApi,
} from 'aws-cdk-lib/aws-apigateway';
import type { IUserPool } from 'aws-cdk-lib/aws-cognito';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { WebappConfig } from '../params.js';

const METHODS = ['GET', 'POST'];
const HEADERS = ['authorization', 'content-type'];

export interface ApiProps {
  readonly names: Names;
  readonly lifecycle: Lifecycle;
  readonly config: WebappConfig['api'];
  readonly userPool: IUserPool;
  readonly handler: IFunction;
}

/** The REST API: signed-in users only, checked bodies, limited rate, every request in a log. */
export class Api extends Construct {
  readonly rest: RestApi;

  constructor(scope: Construct, id: string, props: ApiProps) {
    super(scope, id);
    this.rest = this.restApi(props);
    this.answerErrorsToBrowsers(props.config.origins[0] ?? '');
    this.routes(props);
  }

  private restApi({ names, lifecycle, config }: ApiProps): RestApi {
    const accessLogs = new LogGroup(this, 'access-logs', {
      logGroupName: names.of('api-access-logs'),
      retention: lifecycle.logRetentionDays,
      removalPolicy: lifecycle.removal,
    });
    const rest = new RestApi(this, 'rest', {
      restApiName: names.of('api'),
      endpointTypes: [EndpointType.REGIONAL],
      // One role for the account's whole API Gateway; without it a new account refuses a stage that logs. It is kept
      // when the stack goes, because other APIs may have come to use it.
      cloudWatchRole: true,
      deployOptions: {
        stageName: config.stage,
        throttlingRateLimit: config.throttle.rate,
        throttlingBurstLimit: config.throttle.burst,
        accessLogDestination: new LogGroupLogDestination(accessLogs),
        accessLogFormat: AccessLogFormat.jsonWithStandardFields(),
        loggingLevel: MethodLoggingLevel.ERROR,
        metricsEnabled: true,
        tracingEnabled: true,
      },
      defaultCorsPreflightOptions: { allowOrigins: [...config.origins], allowMethods: METHODS, allowHeaders: HEADERS },
    });
    acknowledge(rest, {
      'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs]':
        'the role that API Gateway itself documents for its logs; one for the whole account',
      'AwsSolutions-APIG3': 'a firewall is billed by rule and belongs to the edge; rate and sign-in are limited here',
    });
    return rest;
  }

  /** An answer that the gateway gives by itself (401, 429) lacks the header without which a browser hides it. */
  private answerErrorsToBrowsers(origin: string): void {
    const responseHeaders = { 'Access-Control-Allow-Origin': `'${origin}'` };
    this.rest.addGatewayResponse('client-error', { type: ResponseType.DEFAULT_4XX, responseHeaders });
    this.rest.addGatewayResponse('server-error', { type: ResponseType.DEFAULT_5XX, responseHeaders });
  }

  private routes({ names, userPool, handler }: ApiProps): void {
    const authorizer = new CognitoUserPoolsAuthorizer(this, 'authorizer', {
      authorizerName: names.of('authorizer'),
      cognitoUserPools: [userPool],
    });
    const secured = {
      authorizer,
      authorizationType: AuthorizationType.COGNITO,
      requestValidator: this.rest.addRequestValidator('validator', {
        validateRequestBody: true,
        validateRequestParameters: true,
      }),
    };
    const items = this.rest.root.addResource('items');
    const integration = new LambdaIntegration(handler, { allowTestInvoke: false });
    items.addMethod('GET', integration, secured);
    items.addMethod('POST', integration, { ...secured, requestModels: { 'application/json': this.newItem() } });
  }

  private newItem() {
    return this.rest.addModel('new-item', {
      schema: {
        type: JsonSchemaType.OBJECT,
        required: ['title'],
        additionalProperties: false,
        properties: { title: { type: JsonSchemaType.STRING, minLength: 1, maxLength: 200 } },
      },
    });
  }
}
