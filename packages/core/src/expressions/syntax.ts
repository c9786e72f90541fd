/** The syntax tree of an expression, free of the parser's own types. Types only. */

interface Place {
  /** Offsets in the expression's text. */
  readonly start: number;
  readonly end: number;
}

/** Operators that take the first overload that fits their operands, see `operators.ts`. */
export type OverloadedOperator = '+' | '-' | '*' | '/' | '%' | '<' | '<=' | '>' | '>=';

/** Operators over any two values. */
export type EqualityOperator = '==' | '!=' | 'in';

/** The macros over a list (or the keys of an object). */
export type MacroName = 'all' | 'exists' | 'exists_one' | 'filter' | 'map';

/** `a.b`, `a["b"]`, `a[0]` or `a[i]`. */
export type MemberNode = Place & { readonly type: 'member'; readonly object: Node; readonly key: Node };

/** A comparison of any two values. */
export type EqualityNode = Place & {
  readonly type: 'equality';
  readonly op: EqualityOperator;
  readonly left: Node;
  readonly right: Node;
};

/** A macro over a list or the keys of an object. */
export type MacroNode = Place & {
  readonly type: 'macro';
  readonly name: MacroName;
  readonly range: Node;
  /** Absent for `map(x, transform)`. */
  readonly predicate?: Node;
  /** For `map` only. */
  readonly transform?: Node;
};

/** One node of an expression. */
export type Node =
  | (Place & { readonly type: 'literal'; readonly value: null | boolean | number | string })
  /** A scope name: `steps`, `inputs`, a loop variable. */
  | (Place & { readonly type: 'name'; readonly name: string })
  /** The variable of the macro around it. */
  | (Place & { readonly type: 'local' })
  | MemberNode
  | (Place & { readonly type: 'has'; readonly operand: MemberNode })
  /** A function, or a method whose receiver is the first argument. */
  | (Place & {
      readonly type: 'call';
      readonly name: string;
      readonly method: boolean;
      readonly args: readonly Node[];
    })
  | MacroNode
  | (Place & { readonly type: 'list'; readonly items: readonly Node[] })
  | (Place & { readonly type: 'map'; readonly entries: readonly (readonly [Node, Node])[] })
  | (Place & { readonly type: 'conditional'; readonly test: Node; readonly yes: Node; readonly no: Node })
  | (Place & {
      readonly type: 'logical';
      readonly op: '&&' | '||';
      readonly left: Node;
      readonly right: Node;
    })
  | (Place & { readonly type: 'unary'; readonly op: '!' | '-'; readonly operand: Node })
  | (Place & {
      readonly type: 'binary';
      readonly op: OverloadedOperator;
      readonly left: Node;
      readonly right: Node;
    })
  | EqualityNode;
