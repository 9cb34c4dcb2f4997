// Files to send, as the control API takes them.

/** The most a bot can fetch from the real server. */
export const MAX_BYTES = 20 * 2 ** 20;

/** A file's content in base64. */
export async function base64Of(file) {
  const reader = new FileReader();
  await new Promise((resolve, reject) => {
    reader.onload = resolve;
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
  return reader.result.slice(reader.result.indexOf(",") + 1);
}
