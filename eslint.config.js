import { defineConfig } from 'eslint/config'
import vue from 'eslint-plugin-vue'
import tseslint from 'typescript-eslint'
import vueParser from 'vue-eslint-parser'

const PURE = [
  'client/src/lib/**',
  'client/src/words/**',
  'client/src/sequence/**',
  'client/src/clock/**',
  'shared/src/**',
]
const TESTS = ['**/*.test.ts', 'e2e/**/*.ts']
const MAY_SPEAK = ['scripts/**', '**/log.ts', '**/report.ts']
const MAY_EXPORT_DEFAULT = ['**/*.config.{ts,js}', '**/*.cjs']

const MARKUP_BAN = {
  selector:
    ':matches(AssignmentExpression > MemberExpression.left[property.name=/^(inner|outer)HTML$/], CallExpression > MemberExpression.callee[property.name=/^(insertAdjacentHTML|setHTMLUnsafe)$/])',
  message: 'Text of strangers reaches the page: use text, never markup.',
}
const PLAIN_CLASS_BAN = {
  selector: ':matches(ClassDeclaration, ClassExpression):not([superClass])',
  message: 'Write a create…() that returns a record; classes only where the platform asks.',
}
const ENUM_BAN = { selector: 'TSEnumDeclaration', message: 'Write a union of literals.' }
const CLOCK_BAN = {
  selector: 'NewExpression[callee.name="Date"][arguments.length=0]',
  message: 'This folder is pure: have the time handed in.',
}
const SYNTAX_BANS = [MARKUP_BAN, PLAIN_CLASS_BAN, ENUM_BAN]

/** What of an element, or of a component of ours, is said to somebody. */
const SAID = [
  'title',
  'aria-label',
  'aria-description',
  'aria-placeholder',
  'aria-roledescription',
  'aria-valuetext',
  'label',
  'note',
  'hint',
  'none',
  'less',
  'more',
  'caption',
  'placeholder',
  'alt',
  'legend',
]
const WORD = String.raw`/\p{L}{2}/u`
const WORDS_BAN = 'Words of the page stand in client/src/words: see CONTRIBUTING.md.'

/** Rules of eslint-plugin-vue that lay out markup, which is the formatter's work. */
const VUE_LAYOUT_RULES = [
  'first-attribute-linebreak',
  'html-closing-bracket-newline',
  'html-closing-bracket-spacing',
  'html-indent',
  'html-quotes',
  'html-self-closing',
  'max-attributes-per-line',
  'multiline-html-element-content-newline',
  'mustache-interpolation-spacing',
  'no-multi-spaces',
  'no-spaces-around-equal-signs-in-attribute',
  'singleline-html-element-content-newline',
]

export default defineConfig(
  { ignores: ['**/dist/**', '**/coverage/**', '**/out/**', '.cache/**', '**/test-results/**'] },
  { linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'error' } },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        projectService: true,
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      complexity: ['error', 14],
      'max-depth': ['error', 3],
      'max-lines': ['error', { max: 250, skipBlankLines: false, skipComments: false }],
      eqeqeq: 'error',
      'no-console': 'error',
      'no-empty': 'error',
      'no-eval': 'error',
      'no-implicit-coercion': 'error',
      'no-param-reassign': 'error',
      'no-restricted-exports': [
        'error',
        {
          restrictDefaultExports: { direct: true, named: true, defaultFrom: true, namedFrom: true },
        },
      ],
      'no-restricted-syntax': ['error', ...SYNTAX_BANS],
      'no-useless-rename': 'error',
      'no-var': 'error',
      'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx'] }],
      'object-shorthand': 'error',
      'prefer-const': 'error',
      '@typescript-eslint/ban-ts-comment': [
        'error',
        { 'ts-expect-error': 'allow-with-description' },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-shadow': 'error',
      // The compiler reports them too, and knows types from values.
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      // Our records are closures: their functions know no `this`.
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
    },
  },
  {
    files: PURE,
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random', message: 'This folder is pure: have it handed in.' },
        { object: 'Date', property: 'now', message: 'This folder is pure: have it handed in.' },
        {
          object: 'performance',
          property: 'now',
          message: 'This folder is pure: have it handed in.',
        },
      ],
      'no-restricted-syntax': ['error', ...SYNTAX_BANS, CLOCK_BAN],
    },
  },
  {
    files: ['client/**', 'shared/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          paths: [
            {
              name: 'zod/mini',
              message: 'Take valibot: zod does not fit the size budget.',
            },
          ],
        },
      ],
    },
  },
  {
    files: TESTS,
    rules: {
      // A fake that keeps an async signature, and a callback that does nothing, are ordinary here.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-empty-function': 'off',
    },
  },
  ...vue.configs['flat/recommended'].map((config) => ({ ...config, files: ['**/*.vue'] })),
  {
    // The rules that ask for types cannot see through .vue imports; vue-tsc checks those files.
    files: ['**/*.vue', '**/*.{js,mjs,cjs}'],
    ...tseslint.configs.disableTypeChecked,
  },
  {
    files: ['**/*.vue'],
    languageOptions: {
      parser: vueParser,
      parserOptions: { parser: tseslint.parser, projectService: false, sourceType: 'module' },
    },
    rules: {
      ...Object.fromEntries(VUE_LAYOUT_RULES.map((name) => [`vue/${name}`, 'off'])),
      'vue/block-order': ['error', { order: ['script', 'template', 'style'] }],
      'vue/component-api-style': ['error', ['script-setup']],
      'vue/block-lang': ['error', { script: { lang: 'ts' } }],
      'vue/multi-word-component-names': 'off',
      'vue/no-ref-object-reactivity-loss': 'error',
      'vue/no-v-html': 'error',
      // Props are typed and optional ones are undefined, which the types say.
      'vue/require-default-prop': 'off',
    },
  },
  {
    // No word stands in a template: not in text, nor in what is said of an element, nor in what is bound to either.
    files: ['client/src/ui/**/*.vue'],
    ignores: ['client/src/ui/design/**'],
    rules: {
      'vue/no-bare-strings-in-template': ['error', { attributes: { '/.+/': SAID } }],
      'vue/no-restricted-syntax': [
        'error',
        ...[
          `VAttribute[directive=true][key.argument.name=/^(${SAID.join('|')})$/]`,
          'VElement > VExpressionContainer',
        ].flatMap((place) => [
          { selector: `${place} TemplateElement[value.raw=${WORD}]`, message: WORDS_BAN },
          {
            selector: `${place} ConditionalExpression > Literal[value=${WORD}]`,
            message: WORDS_BAN,
          },
        ]),
      ],
    },
  },
  {
    // Vue components are untyped where only tsc looks on.
    files: ['client/src/main.ts', 'client/src/ui/**/*.ts'],
    rules: {
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
  { files: MAY_SPEAK, rules: { 'no-console': 'off' } },
  { files: MAY_EXPORT_DEFAULT, rules: { 'no-restricted-exports': 'off' } },
  // Says what others wrote, in their way.
  {
    files: ['**/*.d.ts'],
    rules: { 'no-restricted-exports': 'off', 'no-restricted-syntax': 'off' },
  },
  { files: ['**/*.cjs'], rules: { '@typescript-eslint/no-require-imports': 'off' } },
)
