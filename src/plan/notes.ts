import { same } from './equal.js';
import type { StackInput } from './input.js';
import { at, isObject, listOf, objectOf, textually } from './json.js';
import type { LibraryDiff } from './library.js';
import { specOf } from './spec.js';
import { resourcesOf, type Template } from './template.js';

/** What the comparison of templates cannot see in this stack. */
export function notesOn(before: Template, after: Template, library: LibraryDiff, input: StackInput): readonly string[] {
  return [
    ...(library.failure === undefined
      ? []
      : [`the CDK's comparison gave up (${library.failure}); replacements there are told from our table of types`]),
    ...macros(after),
    ...unknownTypes(before, after),
    ...changedAtDeployment(after),
    ...(input.before === undefined ? [] : defaults(before, after)),
  ];
}

function macros(after: Template): readonly string[] {
  const names = listOf(after.Transform).map((name) => textually(isObject(name) ? name.Name : name));
  return names.length === 0 ? [] : [`what ${names.join(', ')} makes of the template is not compared`];
}

function unknownTypes(before: Template, after: Template): readonly string[] {
  const old = resourcesOf(before);
  const types = [...resourcesOf(after)]
    .filter(([id, { type, properties }]) => {
      const deployed = old.get(id);
      return (
        deployed !== undefined &&
        type.startsWith('AWS::') &&
        specOf(type) === undefined &&
        !same(deployed.properties, properties)
      );
    })
    .map(([, { type }]) => type);
  return [...new Set(types)].sort().map((type) => `it is not known which changes of ${type} replace it`);
}

/** Values that CloudFormation reads anew at every deployment. */
function changedAtDeployment(after: Template): readonly string[] {
  const names = Object.entries(objectOf(after.Parameters))
    .filter(
      ([name, declared]) =>
        name !== 'BootstrapVersion' && textually(at(declared, ['Type'])).startsWith('AWS::SSM::Parameter::Value<'),
    )
    .map(([name]) => name);
  return names.length === 0 ? [] : [`read from the parameter store only when deploying: ${names.sort().join(', ')}`];
}

/** The CDK keeps the value that a parameter has; a new default is for new stacks. */
function defaults(before: Template, after: Template): readonly string[] {
  const changed = Object.keys(objectOf(after.Parameters)).filter((name) => {
    const [old, fresh] = [at(before, ['Parameters', name]), at(after, ['Parameters', name])];
    return old !== undefined && !same(at(old, ['Default']), at(fresh, ['Default']));
  });
  return changed.length === 0
    ? []
    : [`parameters keep the value that the stack has, whatever their new default: ${changed.sort().join(', ')}`];
}
