/**
 * Text from a record is hostile. Characters that are invisible or change how other text is shown: control and format
 * characters, line and paragraph separators, lone surrogates, private and unassigned characters, and blank letters.
 */
const invisible =
  /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}\p{Cn}\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\u{e0100}-\u{e01ef}]/gu;

/**
 * The same text with an escape for every invisible character: `\u202e`. In JSON, these are the escapes of its strings, so
 * that the value stays the same.
 *
 * @param except characters to keep: line breaks, or the terminal's own escapes
 */
export function visible(text: string, except = ""): string {
  return text.replace(invisible, (character) =>
    except.includes(character)
      ? character
      : [...Array(character.length).keys()]
          .map((index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, "0")}`)
          .join(""),
  );
}
