//! Functions from dice: a grammar of what people write in loops and recursions, right and wrong.
//!
//! The same bytes give the same function, so a fuzzer's input is its own reproduction. The grammar knows no types: the
//! compiler only reads tokens.

/// Numbers from bytes; when they run out, zeros, so that every choice ends in its first, shortest form.
pub(crate) struct Dice<'b> {
    bytes: std::slice::Iter<'b, u8>,
    depth: usize,
}

const NAMES: &[&str] = &[
    "sum",
    "best",
    "out",
    "x",
    "i",
    "xs",
    "n",
    "map",
    "self.total",
    "buf",
    "left",
    "at",
    "prev",
];
const OPERATORS: &[&str] = &[
    "+", "-", "*", "&", "|", "^", "/", "%", "<<", ">>", "&&", "||", "<", ">", "==", "<=", "..",
];
const UPDATES: &[&str] = &["+=", "=", "-=", "*=", "|=", "&=", "^=", "/=", "<<=", "%="];
const METHODS: &[&str] = &[
    "len",
    "push",
    "max",
    "min",
    "insert",
    "clear",
    "extend",
    "push_str",
    "iter",
    "get",
    "clone",
    "wrapping_add",
    "lock",
    "fetch_add",
    "next",
    "sort",
    "pop",
    "combine",
    "saturating_add",
    "swap",
];
const ADAPTORS: &[&str] = &[
    "map",
    "filter",
    "filter_map",
    "flat_map",
    "take_while",
    "inspect",
    "scan",
    "skip",
    "zip",
    "chain",
];
const TERMINALS: &[&str] = &[
    "sum()",
    "count()",
    "collect::<Vec<_>>()",
    "max()",
    "min_by_key(|x| x.0)",
    "any(|x| x > n)",
    "position(|x| x == n)",
    "fold(0, |a, x| a + x)",
    "for_each(|x| out.push(x))",
    "sum::<f64>()",
    "find(|x| *x > 3)",
    "unzip()",
    "reduce(|a, b| a + b)",
    "fold(0, |a, x| f(a, x))",
    "last()",
    "partition(|x| x > n)",
];
const PATTERNS: &[&str] = &[
    "x",
    "i",
    "(i, x)",
    "&x",
    "_",
    "((a, b), c)",
    "(i, &mut x)",
    "[a, b]",
    "Some(x)",
    "mut x",
    "x @ 1..=3",
];
const TYPES: &[&str] = &[
    "u64",
    "&[u64]",
    "&mut [f64]",
    "Vec<String>",
    "&mut Vec<T>",
    "Option<Box<Node>>",
    "&mut u32",
    "impl Fn(u32) -> u32",
    "[[u8; 4]; 4]",
    "&HashMap<K, V>",
];
const OPTIONS: &[&str] = &[
    "threshold = 64",
    "float = tree",
    "float = any",
    "grain = n / 2",
    "reduce(sum: ops::Add)",
    "private(buf)",
    "relax(io)",
    "relax(any_order, late_writes, locks, atomics)",
    "twin = plain",
    "crate = ::divvy",
    "explain",
    "size = xs.len()",
    "pool = &p",
    "threshold",
    "grain 3",
    "identity = 0",
    "commutative",
    "tresh",
    "private(out, best)",
    "unique(at)",
    "replay(map)",
    "float = ordered",
    "float = exact",
];

impl<'b> Dice<'b> {
    pub(crate) fn new(bytes: &'b [u8]) -> Self {
        Dice {
            bytes: bytes.iter(),
            depth: 0,
        }
    }

    fn roll(&mut self, sides: usize) -> usize {
        self.bytes.next().map_or(0, |byte| usize::from(*byte) % sides)
    }

    fn pick<'t>(&mut self, from: &[&'t str]) -> &'t str {
        from[self.roll(from.len())]
    }

    /// Deeper by one; the shortest form where it is deep already.
    fn deeper(&mut self, sides: usize, form: impl FnOnce(&mut Self, usize) -> String) -> String {
        self.depth += 1;
        let choice = if self.depth > 8 { 0 } else { self.roll(sides) };
        let text = form(self, choice);
        self.depth -= 1;
        text
    }

    /// The attribute's arguments.
    pub(crate) fn options(&mut self) -> String {
        let many = self.roll(4);
        let options: Vec<_> = (0..many).map(|_| self.pick(OPTIONS)).collect();
        options.join(", ")
    }

    /// A function.
    pub(crate) fn function(&mut self) -> String {
        let before = self.pick(&[
            "",
            "pub ",
            "",
            "#[inline] /// doc\n",
            "async ",
            "const ",
            "unsafe ",
            "extern \"C\" ",
        ]);
        let generics = self.pick(&["", "<T>", "<'a, T: Ord + Copy, const N: usize>", "<F: Fn(u64) -> u64>"]);
        let receiver = self.pick(&["", "&self, ", "&mut self, ", "self, "]);
        let many = 1 + self.roll(4);
        let parameters: Vec<_> = (0..many)
            .map(|n| {
                let name = ["xs", "n", "out", "map"][n];
                format!("{}{name}: {}", self.pick(&["", "mut "]), self.pick(TYPES))
            })
            .collect();
        let output = self.pick(&[
            "",
            "-> u64",
            "-> Option<Vec<u64>>",
            "-> Result<f64, E>",
            "-> (u64, usize)",
            "-> impl Iterator<Item = u64>",
            "-> bool",
        ]);
        let clause = self.pick(&["", "where T: Send + Sync", ""]);
        let body = self.block();
        let parameters = parameters.join(", ");
        format!("{before}fn f{generics}({receiver}{parameters}) {output} {clause} {body}")
    }

    fn block(&mut self) -> String {
        let many = if self.depth > 7 { 1 } else { 1 + self.roll(5) };
        let statements: Vec<_> = (0..many).map(|_| self.statement()).collect();
        let tail = if self.roll(2) == 0 {
            String::new()
        } else {
            self.expression()
        };
        format!("{{ {} {tail} }}", statements.join(" "))
    }

    fn statement(&mut self) -> String {
        self.deeper(18, |d, choice| match choice {
            0 => format!("{} {} {};", d.pick(NAMES), d.pick(UPDATES), d.expression()),
            1 => format!(
                "let {}mut {} = {};",
                d.pick(&["", "ref "]),
                d.pick(&["sum", "best", "out", "buf", "t"]),
                d.expression()
            ),
            2 => format!(
                "{}for {} in {} {}",
                d.pick(&["", "#[par] ", "#[seq] ", "'a: "]),
                d.pick(PATTERNS),
                d.source(),
                d.block()
            ),
            3 => format!("if {} {} else {}", d.expression(), d.block(), d.block()),
            4 => format!(
                "if {} {{ {} = {}; {} = {}; }}",
                d.comparison(),
                d.pick(NAMES),
                d.expression(),
                d.pick(NAMES),
                d.expression()
            ),
            5 => format!(
                "while {} {}",
                d.pick(&["i < n", "let Some(x) = out.pop()", "i <= xs.len()", "true", "n != 0"]),
                d.block()
            ),
            6 => format!(
                "{}[{}] {} {};",
                d.pick(NAMES),
                d.expression(),
                d.pick(UPDATES),
                d.expression()
            ),
            7 => format!("{}.{}({});", d.pick(NAMES), d.pick(METHODS), d.expression()),
            8 => format!(
                "*{}.entry({}).or_insert(0) {} {};",
                d.pick(NAMES),
                d.expression(),
                d.pick(UPDATES),
                d.expression()
            ),
            9 => d
                .pick(&[
                    "break;",
                    "continue;",
                    "return n;",
                    "break 'a;",
                    "continue 'a;",
                    "return Err(e);",
                    "break sum;",
                    "return;",
                ])
                .to_string(),
            10 => format!(
                "let Some(t) = {} else {{ {} }};",
                d.expression(),
                d.pick(&["continue;", "return None;", "break;"])
            ),
            11 => format!(
                "{}!(\"{{}} {{n}}\", {});",
                d.pick(&["println", "assert", "vec", "write", "format", "mine", "debug_assert_eq"]),
                d.expression()
            ),
            12 => format!(
                "match {} {{ {} => {}, _ if {} => {}, _ => {} }}",
                d.expression(),
                d.pick(PATTERNS),
                d.expression(),
                d.expression(),
                d.block(),
                d.expression()
            ),
            13 => format!(
                "let (left, right) = xs.split_at{}(n / 2); f(left, {}); f(right, {});",
                d.pick(&["_mut", ""]),
                d.expression(),
                d.expression()
            ),
            14 => format!("loop {}", d.block()),
            15 => format!(
                "let a = f({}); let b = f({}); {} = a + b;",
                d.expression(),
                d.expression(),
                d.pick(NAMES)
            ),
            16 => d
                .pick(&[
                    "fn inner(sum: u64) -> u64 { sum }",
                    "let sum;",
                    "use std::mem;",
                    "let f = |x| x;",
                    "{ let sum = 1; }",
                    "static S: u8 = 0;",
                    ";",
                ])
                .to_string(),
            _ => format!("{}?;", d.expression()),
        })
    }

    fn comparison(&mut self) -> String {
        format!(
            "{} {} {}",
            self.pick(NAMES),
            self.pick(&["<", ">", "<=", ">=", "==", "!="]),
            self.pick(NAMES)
        )
    }

    fn source(&mut self) -> String {
        match self.roll(7) {
            0 => self
                .pick(&[
                    "xs",
                    "&xs",
                    "0..n",
                    "0..=n",
                    "xs.iter_mut()",
                    "xs.iter().enumerate()",
                    "(0..n).rev()",
                    "xs.chunks_mut(4)",
                    "text.lines()",
                    "out.iter_mut().zip(xs)",
                    "&mut self.rows",
                    "(1..n).step_by(2)",
                ])
                .to_string(),
            1 => format!("{}..{}", self.expression(), self.expression()),
            _ => self.chain(),
        }
    }

    fn chain(&mut self) -> String {
        let mut chain = format!(
            "{}.{}",
            self.pick(NAMES),
            self.pick(&["iter()", "into_iter()", "chars()", "windows(2)", "iter_mut()"])
        );
        for _ in 0..self.roll(4) {
            chain = format!("{chain}.{}({})", self.pick(ADAPTORS), self.closure());
        }
        chain
    }

    fn closure(&mut self) -> String {
        match self.roll(5) {
            0 => format!("|{}| {}", self.pick(PATTERNS), self.expression()),
            1 => self
                .pick(&[
                    "f",
                    "Self::f",
                    "u64::from",
                    "|x| f(x)",
                    "move |x| x?",
                    "|x| { return x; }",
                    "|a, b| a + b",
                ])
                .to_string(),
            2 => format!("|{}| {}", self.pick(PATTERNS), self.block()),
            _ => self.expression(),
        }
    }

    fn expression(&mut self) -> String {
        self.deeper(18, |d, choice| match choice {
            0 => d.pick(NAMES).to_string(),
            1 => d
                .pick(&[
                    "0",
                    "1.5",
                    "\"text\"",
                    "'c'",
                    "u64::MAX",
                    "true",
                    "None",
                    "0x1f_u8",
                    "1e300",
                    "18446744073709551616",
                    "usize::MAX",
                    "-1",
                ])
                .to_string(),
            2 => format!("{} {} {}", d.expression(), d.pick(OPERATORS), d.expression()),
            3 => format!("f({}, {})", d.expression(), d.expression()),
            4 => format!("{}[{}]", d.pick(NAMES), d.expression()),
            5 => format!("{}.{}({})", d.expression(), d.pick(METHODS), d.expression()),
            6 => format!("({})", d.expression()),
            7 => format!("{}{}", d.pick(&["&", "&mut ", "*", "-", "!"]), d.expression()),
            8 => {
                let chain = d.chain();
                format!("{chain}.{}", d.pick(TERMINALS))
            }
            9 => format!("if {} {} else {}", d.expression(), d.block(), d.block()),
            10 => format!("f({})?", d.expression()),
            11 => format!("{} as {}", d.pick(NAMES), d.pick(&["usize", "u8", "f64"])),
            12 => format!("({}, {})", d.expression(), d.expression()),
            13 => format!("self.f({}) + Self::f({})", d.expression(), d.expression()),
            14 => format!("&mut {}[{}..{}]", d.pick(NAMES), d.expression(), d.expression()),
            15 => format!("node.left.as_ref().map_or(0, {})", d.closure()),
            16 => format!(
                "Some(Box::new(Node {{ left: f({}), right: f({}) }}))",
                d.expression(),
                d.expression()
            ),
            _ => d.block(),
        })
    }
}
