\use catalog/list_services(true; NULL; NULL; '%Service%'; -2147483648; '00000000-0000-0000-0000-000000000000'; 21)
