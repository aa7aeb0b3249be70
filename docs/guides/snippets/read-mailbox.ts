/** The newest mail to an address in the mailbox of a development server. */
export async function newestMail(
  apiUrl: string,
  to: string,
): Promise<{ subject: string; text: string } | undefined> {
  const answer = await fetch(`${apiUrl}/mailbox/messages`);
  const { data } = (await answer.json()) as {
    data: { to: string; subject: string; text: string }[];
  };
  return data.find((mail) => mail.to === to);
}
