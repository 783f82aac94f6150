import { randomUUID } from 'node:crypto';
// The SDK comes with the runtime; it is not part of this folder's asset.
import { DynamoDBClient, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { SendEmailCommand, SESv2Client } from '@aws-sdk/client-sesv2';
import { createHandler } from './items.mjs';

const dynamodb = new DynamoDBClient();
const ses = new SESv2Client();

export const handler = createHandler(process.env, {
  query: (input) => dynamodb.send(new QueryCommand(input)),
  put: (input) => dynamodb.send(new PutItemCommand(input)),
  send: (input) => ses.send(new SendEmailCommand(input)),
  now: () => new Date(),
  newId: randomUUID,
});
