// Duty: draws an address as a QR code, black on white in either appearance. What the address is, is the caller's.
import { encode } from 'uqr';
import classes from './directory.module.css';

export function QrPicture({ address, label }: { address: string; label: string }) {
  const { size, data } = encode(address, { ecc: 'M', border: 4 });
  const dark = data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])));
  return (
    <svg
      className={classes.qr}
      role="img"
      aria-label={label}
      viewBox={`0 0 ${size} ${size}`}
      shapeRendering="crispEdges"
    >
      <rect width={size} height={size} fill="#fff" />
      <path d={dark.join('')} fill="#000" />
    </svg>
  );
}
