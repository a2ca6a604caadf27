/** desk/brand.yaml, compiled. */
export interface Brand {
  name: string;
  website?: string;
  /** IANA zone in which times are told to somebody whose own zone is not known. */
  timeZone: string;
  /** Codes of the locales; the first is for everybody whose language the desk does not write. */
  languages: string[];
  /** `#rrggbb`, at least 4.5:1 on the light and on the dark paper of pages. */
  accent: string;
  accentDark: string;
  /** Vazirmatn for Arabic script, from the desk itself: a page fetches it where it has such letters and no other face has. */
  fonts: FontFace[];
  logo?: Logo;
}

export interface FontFace {
  weight: 400 | 700;
  /** Where the desk serves it, e.g. `/assets/vazirmatn-arabic-400.9f86d081884c.woff2`. */
  path: string;
}

/** The picture at the head of every page. */
export interface Logo {
  path: string;
  /** The one for dark backgrounds. */
  dark?: string;
  /** Width by height. */
  ratio: number;
  /** The picture shows the desk's name, so that it is not written beside it. */
  saysName: boolean;
}

/** A file that pages show. */
export interface Asset {
  type: string;
  base64: string;
}
