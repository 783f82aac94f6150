import { describe, expect, test } from 'vitest';
import { Resources } from './resources.js';
import { TARGETS, webappOf } from './webapp-app.js';

describe.each(TARGETS)('$environment $version', (target) => {
  const resources = new Resources(target);
  const production = target.environment === 'production';
  const lasting = production ? 'Retain' : 'Delete';

  test('the table is encrypted with a key of KMS, its own in production', () => {
    const { SSESpecification } = resources.only('AWS::DynamoDB::Table');
    expect(SSESpecification).toEqual(
      production
        ? { SSEEnabled: true, SSEType: 'KMS', KMSMasterKeyId: expect.anything() as unknown }
        : { SSEEnabled: true },
    );
    expect(resources.properties('AWS::KMS::Key').map((key) => key.EnableKeyRotation)).toEqual(production ? [true] : []);
  });

  test('the table can be restored to any second', () => {
    const { PointInTimeRecoverySpecification } = resources.only('AWS::DynamoDB::Table');
    expect(PointInTimeRecoverySpecification).toEqual({ PointInTimeRecoveryEnabled: true });
  });

  test('data and logs stay in production when the stack goes', () => {
    const kept = ['AWS::DynamoDB::Table', 'AWS::Cognito::UserPool', 'AWS::KMS::Key', 'AWS::Logs::LogGroup'];
    for (const type of kept) {
      for (const { DeletionPolicy } of resources.of(type))
        expect({ type, DeletionPolicy }).toEqual({ type, DeletionPolicy: lasting });
    }
  });

  test('data cannot be deleted by mistake in production', () => {
    expect(resources.only('AWS::DynamoDB::Table').DeletionProtectionEnabled).toBe(production);
    expect(resources.only('AWS::Cognito::UserPool').DeletionProtection).toBe(production ? 'ACTIVE' : 'INACTIVE');
    expect(webappOf(target).stack.terminationProtection).toBe(production);
  });

  test('every log ends one day', () => {
    const days = resources.properties('AWS::Logs::LogGroup').map((group) => group.RetentionInDays);
    expect(days).toEqual(Array(3).fill(production ? 365 : 7));
  });

  test('no message leaves without TLS and DKIM', () => {
    expect(resources.only('AWS::SES::ConfigurationSet').DeliveryOptions).toEqual({ TlsPolicy: 'REQUIRE' });
    expect(resources.only('AWS::SES::EmailIdentity').DkimAttributes).toEqual({ SigningEnabled: true });
  });
});
