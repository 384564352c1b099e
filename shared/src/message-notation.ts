import type * as z from 'zod/mini'
import { NAMED_SCHEMAS } from './signal.ts'

type Schema = z.core.$ZodType

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
  const { def } = internals(schema)
  if (def.type !== 'enum') throw new RangeError(`an enumeration is wanted, got ${def.type}`)
  return Object.values(def.entries).map(String)
}

const fieldsOf = (fields: Readonly<Record<string, Schema>>): string =>
  Object.entries(fields)
    .map(([name, schema]) => {
      const { def } = internals(schema)
      return def.type === 'optional'
        ? `${name}?: ${typeOf(def.innerType)}`
        : `${name}: ${typeOf(schema)}`
    })
    .join(', ')

function typeOf(schema: Schema): string {
  const named = Object.entries(NAMED_SCHEMAS).find(([, each]) => each === schema)
  if (named !== undefined) return named[0]
  const { def } = internals(schema)
  switch (def.type) {
    case 'string':
      return 'string'
    case 'boolean':
      return 'boolean'
    case 'number':
      return 'int'
    case 'enum':
      return membersOf(schema)
        .map((member) => `'${member}'`)
        .join(' | ')
    case 'array':
      return `${typeOf(def.element)}[]`
    default:
      throw new RangeError(`no notation for a ${def.type}`)
  }
}

function optionsOf(union: Schema): readonly Schema[] {
  const { def } = internals(union)
  if (def.type !== 'union') throw new RangeError(`a union is wanted, got ${def.type}`)
  return def.options
}

function shapeOf(message: Schema): Readonly<Record<string, Schema>> {
  const { def } = internals(message)
  if (def.type !== 'object') throw new RangeError(`an object is wanted, got ${def.type}`)
  return def.shape
}

function literalOf(schema: Schema): string {
  const { def } = internals(schema)
  if (def.type !== 'literal') throw new RangeError(`a literal is wanted, got ${def.type}`)
  return def.values.map(String).join(' | ')
}

/** The kinds of definitions that messages are made of, told apart by `type`. */
type Definition =
  | z.core.$ZodStringDef
  | z.core.$ZodNumberDef
  | z.core.$ZodBooleanDef
  | z.core.$ZodEnumDef
  | z.core.$ZodArrayDef
  | z.core.$ZodObjectDef
  | z.core.$ZodOptionalDef
  | z.core.$ZodLiteralDef<z.core.util.Literal>
  | z.core.$ZodUnionDef
  | z.core.$ZodCustomDef

const internals = (schema: Schema): { readonly def: Definition } => ({
  def: schema._zod.def as Definition,
})
