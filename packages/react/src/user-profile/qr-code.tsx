import { drawQr } from './draw-qr.ts';
import styles from './second-factor.module.css';

interface QrCodeProps {
  readonly text: string;
  /** What it is, for people who do not see it. */
  readonly label: string;
}

/** A QR code, dark on light in every scheme, since cameras want it so. */
export function QrCode({ text, label }: QrCodeProps) {
  const { size, path } = drawQr(text);
  return (
    <svg className={styles.qr} viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label}>
      <path fill="#fff" d={`M0 0h${size}v${size}H0z`} />
      <path fill="#000" shapeRendering="crispEdges" d={path} />
    </svg>
  );
}
