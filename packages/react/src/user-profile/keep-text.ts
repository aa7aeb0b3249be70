/** Offers a text as a file to keep. */
export function saveText(fileName: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  // The browser has opened it by the next task.
  setTimeout(() => URL.revokeObjectURL(url));
}

/** Prints a text alone, without the page around it. */
export function printText(title: string, text: string): void {
  const frame = document.createElement('iframe');
  // Out of sight, and not `hidden`: some browsers print nothing of a frame that has no box.
  frame.style.cssText =
    'position:fixed;inset-block-start:-1px;inline-size:1px;block-size:1px;border:0';
  frame.title = title;
  document.body.append(frame);
  const { contentDocument: page, contentWindow: view } = frame;
  if (!page || !view) return frame.remove();
  const heading = page.createElement('h1');
  heading.textContent = title;
  const body = page.createElement('pre');
  body.textContent = text;
  page.body.append(heading, body);
  view.addEventListener('afterprint', () => frame.remove());
  view.print();
}
