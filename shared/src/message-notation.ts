import type * as v from 'valibot'
import { NAMED_SCHEMAS } from './signal.ts'

type Schema = v.GenericSchema

/**
 * How the page of the protocol writes the messages of a union: `name{field: Type, field?: Type}`, in the order of the
 * schema.
 *
 * @throws RangeError for a kind of schema that has no notation yet
 */
export const messageNotations = (union: Schema): readonly string[] =>
  optionsOf(union).map((message) => {
    const { type, ...fields } = shapeOf(message)
    if (type === undefined) throw new RangeError('a message must have a type')
    return `${literalOf(type)}{${fieldsOf(fields)}}`
  })

/** The members of an enumeration of strings. */
export function membersOf(schema: Schema): readonly string[] {
  const known = schema as Known
  if (known.type !== 'picklist') throw new RangeError(`an enumeration is wanted, got ${known.type}`)
  return known.options.map(String)
}

const fieldsOf = (fields: v.ObjectEntries): string =>
  Object.entries(fields)
    .map(([name, schema]) => {
      const known = schema as Known
      return known.type === 'exact_optional'
        ? `${name}?: ${typeOf(known.wrapped)}`
        : `${name}: ${typeOf(known)}`
    })
    .join(', ')

function typeOf(schema: Schema): string {
  const named = Object.entries(NAMED_SCHEMAS).find(([, each]) => each === schema)
  if (named !== undefined) return named[0]
  const known = schema as Known
  switch (known.type) {
    case 'string':
      return 'string'
    case 'boolean':
      return 'boolean'
    case 'number':
      return 'int'
    case 'picklist':
      return membersOf(known)
        .map((member) => `'${member}'`)
        .join(' | ')
    case 'array':
      return `${typeOf(known.item)}[]`
    default:
      throw new RangeError(`no notation for a ${known.type}`)
  }
}

function optionsOf(union: Schema): readonly Schema[] {
  const known = union as Known
  if (known.type !== 'variant') throw new RangeError(`a union is wanted, got ${known.type}`)
  return known.options
}

function shapeOf(message: Schema): v.ObjectEntries {
  const known = message as Known
  if (known.type !== 'strict_object') throw new RangeError(`an object is wanted, got ${known.type}`)
  return known.entries
}

function literalOf(schema: Schema): string {
  const known = schema as Known
  if (known.type !== 'literal') throw new RangeError(`a literal is wanted, got ${known.type}`)
  return String(known.literal)
}

/** The kinds of schemas that messages are made of, told apart by `type`. */
type Known =
  | v.StringSchema<undefined>
  | v.NumberSchema<undefined>
  | v.BooleanSchema<undefined>
  | v.PicklistSchema<readonly string[], undefined>
  | v.ArraySchema<v.GenericSchema, undefined>
  | v.StrictObjectSchema<v.ObjectEntries, undefined>
  | v.ExactOptionalSchema<v.GenericSchema, undefined>
  | v.LiteralSchema<v.Literal, undefined>
  | v.VariantSchema<string, v.VariantOptions<string>, undefined>
