// Run as a process of its own: the library unpacks into the folder for temporary files
// and takes no other, so its starter names that folder in TMPDIR.
import chromium from '@sparticuz/chromium';

await chromium.executablePath();
