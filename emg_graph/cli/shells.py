"""How bash, zsh and fish ask for completions, and are answered.

Click has a class for each shell. What is added here: in bash, whose words end at ``=`` and ``:``,
``agreement=minamata`` is one word again; after ``--kind=`` and the like zsh and fish get the whole
word back; no space follows a word that ends with ``=``; and the scripts say nothing of their own.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import Any

from click.shell_completion import (
    BashComplete,
    CompletionItem,
    FishComplete,
    ShellComplete,
    ZshComplete,
    add_completion_class,
    split_arg_string,
)

PROGRAM = "emg-graph"
VARIABLE = "_EMG_GRAPH_COMPLETE"
"""The variable in which a shell says what it wants; click reads it."""

_BREAKS = "=:"
"""The marks at which bash ends a word in the midst of ours."""
_MEMORY = "memory:"
"""A whole word all the same."""


class _Whole(ShellComplete):
    """Answers ``--option=val`` with the whole word, since that is what the shell replaces."""

    def get_completions(self, args: list[str], incomplete: str) -> list[CompletionItem[Any]]:
        items = super().get_completions(args, incomplete)
        option, equals, _ = incomplete.partition("=")
        if not equals or not option.startswith("-"):
            return items
        return [_with_value(item, f"{option}={item.value}") for item in items]


class Bash(_Whole, BashComplete):
    """Bash, with or without ``=`` and ``:`` among the marks that end a word."""

    _given = ""
    """What of the word typed stands before the part that bash replaces."""

    source_template = """\
%(complete_func)s() {
    local line kind value
    COMPREPLY=()
    while IFS= read -r line; do
        kind=${line%%%%,*}
        value=${line#*,}
        case $kind in
            dir) compopt -o dirnames ;;
            file) compopt -o default ;;
            plain)
                COMPREPLY+=("$value")
                [[ $value != *= ]] || compopt -o nospace
                ;;
        esac
    done < <(
        env COMP_WORDS="$(printf '%%s\\n' "${COMP_WORDS[@]}")" COMP_CWORD="$COMP_CWORD" \\
            %(complete_var)s=bash_complete "$1" 2>/dev/null
    )
} 2>/dev/null
complete -o nosort -F %(complete_func)s %(prog_name)s 2>/dev/null ||
    complete -F %(complete_func)s %(prog_name)s
"""

    def source(self) -> str:
        """Return the script, whichever bash is installed here."""
        return self.source_template % self.source_vars()

    def get_completion_args(self) -> tuple[list[str], str]:
        """Return the words before the one typed, and that one, each as it was written."""
        words = split_arg_string(os.environ["COMP_WORDS"])[1:]
        count = int(os.environ["COMP_CWORD"])
        joined, self._given = _joined(words[:count])
        if len(words) < count:  # nothing is typed yet
            self._given = ""
            return joined, ""
        return joined[:-1], joined[-1]

    def format_completion(self, item: CompletionItem[Any]) -> str:
        """Return what bash puts in the place of the last part of the word."""
        value = str(item.value).removeprefix(self._given)
        return super().format_completion(_with_value(item, value))


class Zsh(_Whole, ZshComplete):
    """Zsh, with a line of help for each word."""

    source_template = """\
#compdef %(prog_name)s
%(complete_func)s() {
    local -a response plain open shown
    local kind value help
    response=("${(@f)$(env COMP_WORDS="${words[*]}" COMP_CWORD=$((CURRENT - 1)) \\
        %(complete_var)s=zsh_complete %(prog_name)s 2>/dev/null)}")
    for kind value help in "${response[@]}"; do
        case $kind in
            dir) _path_files -/ ;;
            file) _path_files ;;
            plain)
                if [[ $help == _ ]]; then
                    plain+=("$value")
                elif [[ $value == *= ]]; then
                    open+=("$value:$help")
                else
                    shown+=("$value:$help")
                fi
                ;;
        esac
    done
    (( $#plain )) && compadd -U -V words -a plain
    (( $#open )) && _describe -V parameters open -U -S ""
    (( $#shown )) && _describe -V names shown -U
}
if [[ ${zsh_eval_context[-1]} == loadautofunc ]]; then
    %(complete_func)s "$@"
else
    compdef %(complete_func)s %(prog_name)s
fi
"""


class Fish(_Whole, FishComplete):
    """Fish, with a line of help for each word."""

    source_template = """\
function %(complete_func)s
    set -l response (env %(complete_var)s=fish_complete COMP_WORDS=(commandline -cp) \\
        COMP_CWORD=(commandline -ct) %(prog_name)s 2>/dev/null)
    for line in $response
        set -l parts (string split --max 1 , -- $line)
        switch $parts[1]
            case dir
                __fish_complete_directories $parts[2]
            case file
                __fish_complete_path $parts[2]
            case plain
                echo $parts[2]
        end
    end
end
complete --keep-order --no-files --command %(prog_name)s --arguments "(%(complete_func)s)"
"""


SHELLS: dict[str, type[ShellComplete]] = {"bash": Bash, "zsh": Zsh, "fish": Fish}


def register() -> None:
    """Let click answer with the classes above."""
    for name, shell in SHELLS.items():
        add_completion_class(shell, name)


def _joined(words: Iterable[str]) -> tuple[list[str], str]:
    """Join what bash has split; also return what of the last word bash leaves in place.

    >>> _joined(["-p", "agreement", "=", "mina"])
    (['-p', 'agreement=mina'], 'agreement=')
    >>> _joined(["-p", "agreement="])
    (['-p', 'agreement='], '')
    """
    joined: list[str] = []
    kept, after_mark = "", False
    for word in words:
        mark = not word.strip(_BREAKS)
        if joined and (mark or (after_mark and not word.startswith("-"))):
            kept = f"{joined[-1]}{word if mark else ''}"
            joined[-1] += word
        else:
            kept = ""
            joined.append(word)
        after_mark = mark and joined[-1] != _MEMORY
    return joined, kept


def _with_value(item: CompletionItem[Any], value: str) -> CompletionItem[Any]:
    return CompletionItem(value, type=item.type, help=item.help)
