/** What an instance that some check sends has against its IOD, and why it must. */
export interface DeliberateFlaw {
  readonly instance: string;
  /** What dciodvfy says of it. */
  readonly flaw: RegExp;
  readonly because: string;
}

/**
 * By requirement, everything that the instances of the profile `dicomweb` have against their IODs; all others are
 * complete, because PS3.18 10.5.2 lets a server refuse those that are not.
 */
export const deliberateFlaws: Readonly<Record<string, readonly DeliberateFlaw[]>> = {
  "RETRIEVE-102": [
    {
      instance: "deflated",
      flaw: /Tag read failed|Dicom dataset read failed|but missing SOP|Information Object Not found/,
      because: "none: dciodvfy does not inflate what PS3.5 A.5 deflates",
    },
  ],
  "RETRIEVE-098": [
    {
      instance: "images whose pixel data does not fill their frames",
      flaw: /PixelData has incorrect value length = <(1936|3000|1000)>/,
      because: "what becomes of a frame whose pixels are missing is the question",
    },
  ],
  "STORE-067": [
    {
      instance: "Japanese with escape sequences",
      flaw: /<\/PatientName\(0010,0010\)\[1\]> - Value invalid for this VR \[PN\].*expected <= 64/,
      because: "none: dciodvfy counts the bytes of all component groups, PS3.5 6.2 the characters of each",
    },
    {
      instance: "Japanese katakana of half width",
      flaw: /<\/PatientName\(0010,0010\)\[1\]> - Value invalid for this VR \[PN\].*Character invalid.*\(0xd4\)/,
      because: "none: dciodvfy does not know ISO_IR 13, which PS3.3 C.12.1.1.2 defines",
    },
    {
      instance: "60 characters of three bytes each",
      flaw: /<\/StudyDescription\(0008,1030\)\[1\]> - Value invalid for this VR \[LO\].*expected <= 64/,
      because: "none: dciodvfy counts bytes, PS3.5 6.2 characters",
    },
  ],
};
