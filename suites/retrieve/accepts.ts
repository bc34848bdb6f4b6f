/** Values of the Accept header by what varies in them; without a transfer syntax the default one is asked for. */

/** A bare file. */
export function fileAccept(transferSyntaxUid?: string): string {
  return `application/dicom${parameter(transferSyntaxUid)}`;
}

/** Files in multipart. */
export function filesAccept(transferSyntaxUid?: string): string {
  return `multipart/related; type="application/dicom"${parameter(transferSyntaxUid)}`;
}

/** Frames in multipart. */
export function framesAccept(mediaType = "application/octet-stream", transferSyntaxUid?: string): string {
  return `multipart/related; type="${mediaType}"${parameter(transferSyntaxUid)}`;
}

function parameter(transferSyntaxUid: string | undefined): string {
  return transferSyntaxUid === undefined ? "" : `; transfer-syntax=${transferSyntaxUid}`;
}
