"""What holds several things to read: ZIP, TAR and GZ archives, mails and mailboxes, saved pages, web archives."""
