/**
 * The program behind `credential_process`: asks the running action for a session and prints the answer. It is a file of
 * its own because it starts for every call and must start at once.
 */
import { connect } from 'node:net';

const connection = connect(process.argv[2] ?? '');
let answer = '';
connection.setEncoding('utf8');
connection.on('data', (part: string) => {
  answer += part;
});
connection.on('error', (error) => {
  fail(`the action that holds the credentials does not answer: ${error.message}`);
});
connection.on('end', () => {
  const refusal = answer.startsWith('{"error"') ? (JSON.parse(answer) as { readonly error: string }) : undefined;
  if (refusal) fail(refusal.error);
  else if (answer === '') fail('the action that holds the credentials has ended');
  else process.stdout.write(answer);
});

function fail(why: string): void {
  process.stderr.write(`${why}\n`);
  process.exitCode = 1;
}
