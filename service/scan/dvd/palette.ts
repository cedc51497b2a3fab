/** The 16 subtitle colours of a program chain (bytes 0, Y, Cr, Cb; BT.601 video range) as RGB in hex. */
export function paletteColours(ifo: Buffer, at: number): string[] {
  return Array.from({ length: 16 }, (_, index) => {
    const luma = 1.164 * (ifo.readUInt8(at + 4 * index + 1) - 16);
    const red = ifo.readUInt8(at + 4 * index + 2) - 128;
    const blue = ifo.readUInt8(at + 4 * index + 3) - 128;
    return [luma + 1.596 * red, luma - 0.813 * red - 0.391 * blue, luma + 2.018 * blue]
      .map((value) => Math.max(0, Math.min(255, Math.round(value))))
      .map((value) => value.toString(16).padStart(2, '0'))
      .join('');
  });
}
