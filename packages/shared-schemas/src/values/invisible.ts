/** Control, formatting, bidirectional and zero-width characters, lone surrogates and blank letters. */
export const invisible = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u115f\u1160\u3164\uffa0]/u
